"""How long will the last load take, as the rounds tell? Rounds with their rates beside what follows from them."""

from lockgate.practices.migration.decide.forecasting import Besides, Forecast, Ran, forecast

FIRST = Ran("customers", 1, rows=100, loaded=100, sent=100, seconds=50.0)
FASTER = Ran("customers", 2, rows=120, loaded=120, sent=120, seconds=24.0)
SLOWER = Ran("customers", 3, rows=100, loaded=100, sent=100, seconds=90.0)


def test_the_full_volume_takes_its_records_times_the_rates_of_the_rounds():  # F1, F2, F3
    told = forecast([FIRST, FASTER, SLOWER], ["customers"], volume={"customers": 12_000}, window=200)
    assert told == Forecast(quick=40.0, likely=100.0, slow=180.0, window=200, rounds=3, unknown=())
    assert (told.fits, told.margin, told.spread_known) == (True, 20.0, True)


def test_it_does_not_fit_when_the_slowest_rate_would_not():  # F5
    told = forecast([FIRST, FASTER, SLOWER], ["customers"], volume={"customers": 12_000}, window=150)
    assert (told.fits, told.margin) == (False, -30.0)


def test_without_a_declared_volume_the_newest_round_tells_it():  # F2
    told = forecast([FASTER, FIRST], ["customers"], volume={}, window=None)
    assert (told.quick, told.slow) == (0.4, 1.0)


def test_a_round_that_found_nearly_all_of_it_there_tells_nothing_about_speed():  # F1
    hardly = Ran("customers", 2, rows=100, loaded=100, sent=9, seconds=0.1)
    told = forecast([FIRST, hardly], ["customers"], volume={}, window=10)
    assert (told.quick, told.slow, told.rounds, told.spread_known) == (0.83, 0.83, 1, False)


def test_many_records_that_become_few_or_several_each_count_by_what_they_take():  # F1
    balances = Ran("customers", 1, rows=100, loaded=2, sent=2, seconds=30.0)
    with_roles = Ran("customers", 1, rows=100, loaded=300, sent=150, seconds=15.0)
    for each in (balances, with_roles):
        assert forecast([each], ["customers"], volume={"customers": 200}).likely == 1.0


def test_what_adds_to_records_of_others_grows_as_they_do():  # F2
    units = Ran("units", 1, rows=0, loaded=40, sent=40, seconds=6.0)
    told = forecast([FIRST, units], ["customers", "units"], volume={"customers": 1_000})
    assert (told.likely, told.unknown) == (9.33, ())
    assert forecast([units], ["units"], volume={}).likely == 0.1


def test_what_is_done_besides_grows_with_the_records():  # F4
    told = forecast([FIRST], ["customers"], volume={"customers": 600}, besides=Besides(30.0, rows=100))
    assert told.likely == 8.0


def test_of_a_domain_that_was_never_loaded_nothing_is_guessed():  # F6
    told = forecast([FIRST], ["customers", "stock"], volume={"stock": 5}, window=1_000)
    assert (told.unknown, told.fits, told.margin) == (("stock",), None, None)


def test_without_a_window_or_a_round_the_question_stays_open():  # F6
    assert forecast([FIRST], ["customers"], volume={}).fits is None
    assert forecast([], [], volume={}, window=5).fits is None
