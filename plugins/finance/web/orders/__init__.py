"""Orders: the list, one order with its bills, and what may be done with each."""

from .asking import OrderForms
from .billing import BillForms
from .listing import OrdersList
from .showing import OrderPage

__all__ = ["BillForms", "OrderForms", "OrderPage", "OrdersList"]
