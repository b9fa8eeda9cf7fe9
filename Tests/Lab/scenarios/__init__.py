"""Each file of this folder holds scenarios: functions that play one sentence and fail when it is not so."""

SCENARIOS = []


def scenario(sentence):
    """Registers a function under the sentence that it proves."""
    def register(play):
        SCENARIOS.append((sentence, play))
        return play
    return register


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_equal(found, expected, what):
    expect(found == expected, f"{what} is {found!r}, not {expected!r}")
