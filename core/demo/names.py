"""Names for people who do not exist: plain lists, put together by chance."""

from __future__ import annotations

from random import Random

FORENAMES = tuple(
    """
    Aaliyah Abdul Abigail Adaeze Adam Agnieszka Aisha Alfie Alicja Amara Amelia Amir Ananya Anjali Archie Ariana
    Arjun Arthur Asha Ava Ayaan Aylin Bartosz Beatriz Bethany Blessing Callum Cerys Chidi Chloe Daisy Daniel
    Darius Diego Dylan Ebony Efua Eleanor Elif Elijah Eliza Emilia Emre Ethan Evie Ezra Faith Farah Fatima
    Finley Freya Gabriel George Grace Gwen Hamza Hannah Harper Harry Hassan Henry Ibrahim Imogen Inès Iris Isaac
    Isla Ivy Jack Jakub Jamal Jasmine Javier Jaya Jayden Joshua Jude Kaja Kamil Keira Kian Kofi Kwame Lara Layla
    Leo Liam Lily Lola Lucas Lucía Maja Malachi Margarita Mateo Matilda Maya Megan Mei Mia Mohammed Molly
    Muhammad Musa Nadia Naomi Nathan Nia Niamh Noah Nour Oisín Oleksandr Olivia Omar Oscar Otis Petra Phoebe
    Poppy Priya Rafael Rayan Reuben Rhys Rohan Rosa Ruby Ryan Saoirse Samuel Santiago Sara Seren Shanice Siân
    Simran Sofia Solomiia Stanley Tariq Theo Thomas Tiana Toby Uma Viktor Wei William Willow Xavier Yasmin Yusuf
    Zainab Zara Zoë Zofia Zuri
    """.split()  # noqa: SIM905 - a list of one name a line says no more
)
SURNAMES = tuple(
    """
    Abbott Adebayo Ahmed Akhtar Ali Andersson Appiah Atkins Bailey Baker Banerjee Barlow Begum Bello Bennett
    Bianchi Boateng Bondarenko Brown Burrows Campbell Carter Chan Chapman Chaudhry Chen Clarke Clegg Cohen
    Collins Cooper Costa Coulibaly Dąbrowski Davies Desai Devlin Diallo Dixon D'Souza Dyer Edwards Eze Farrell
    Fernandes Fletcher Foster Francis García Gill Gordon Grant Green Griffiths Gupta Hall Hamid Harris Hassan
    Hill Holt Hoxha Hughes Hussain Ibrahim Ivanova Jackson James Jensen Johnson Jones Joseph Kaczmarek Kaur
    Kelly Khan King Kowalska Kovács Kumar Lam Lawal Lee Lewis Lin Lloyd MacLeod Mahmood Malik Marsh Martínez
    Mason Mbeki McCarthy Mensah Miah Mitchell Mohamed Moore Morgan Murray Nair Ndlovu Nguyen Nowak Nwosu O'Brien
    Odhiambo Ogunleye Okafor O'Neill Osei Owen Özdemir Parker Patel Pereira Petrescu Phillips Pillai Popescu
    Price Quinn Rahman Ramírez Rashid Reid Richards Roberts Robinson Rossi Rowe Saeed Santos Scott Shah Sharma
    Shevchenko Silva Singh Smith Stewart Suleiman Taylor Thapa Thomas Thompson Tran Turner Uddin Varga Wali
    Walker Walsh Wang Ward Watson White Wilkinson Williams Wilson Wong Wood Wójcik Wright Yeboah Yilmaz Young
    Zhang Blake-Osei Hart-Nguyen Lowe-Singh
    """.split()  # noqa: SIM905 - a list of one name a line says no more
)


def forename(rng: Random) -> str:
    return rng.choice(FORENAMES)


def surname(rng: Random) -> str:
    return rng.choice(SURNAMES)
