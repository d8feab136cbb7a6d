from app.outreach.visits.homes import Homes, Living, count_homes


def test_household_and_number_make_one_home() -> None:
    people = [
        Living(1, "0912345678", None, visited=False),
        Living(2, None, 7, visited=True),
        Living(3, "0912345678", 7, visited=False),  # ties the two together
        Living(4, None, None, visited=False),
        Living(5, None, None, visited=True),
    ]

    assert count_homes(people) == Homes(known=3, visited=2)


def test_nobody_lives_nowhere() -> None:
    assert count_homes([]) == Homes(0, 0)
