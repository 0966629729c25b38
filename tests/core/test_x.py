import time
def test_one(house):
    t=time.perf_counter()
    senco = house.as_role("senco")
    t1=time.perf_counter()
    print(senco.get("/139204/register").status_code, t1-t, time.perf_counter()-t1)
def test_two(house):
    t=time.perf_counter()
    senco = house.as_role("senco")
    t1=time.perf_counter()
    print(senco.get("/139204/register").status_code, t1-t, time.perf_counter()-t1)
    t1=time.perf_counter()
    for _ in range(20): assert senco.get("/139204/register").status_code==200
    print((time.perf_counter()-t1)/20)
