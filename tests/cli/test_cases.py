"""Cases: `privlib check PROGRAM --cases DIR` quotes baskets and says what is not as expected."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from privlib.cli.application import application

PROGRAM = """
[shop]
name = "Tea"
[welcome]
text = "Hi"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
[[promotions]]
name = "20 off 100"
offer = { kind = "threshold_off", steps = [{ amount = 100, off = 20 }] }
[[promotions]]
name = "gold"
layer = "line"
when = { tier = "gold" }
offer = { kind = "percent_off", percent = 10 }
[[promotions]]
name = "cup"
trigger = "code"
codes = ["CUP"]
offer = { kind = "gift", sku = "cup" }
"""
TEA = """
[[case]]
name = "tea for 150"
at = 2026-06-01T12:00:00+08:00
basket.lines = [{ sku = "longjing", price = 75, quantity = 2 }]
"""
GOLD = """
[[case]]
name = "a gold member with a code"
at = 2026-06-01T12:00:00+08:00
codes = ["cup"]
customer = { id = "wei", tier = "gold" }
[case.basket]
lines = [{ sku = "longjing", price = 100 }, { sku = "pot", price = "50.50", tags = ["new"] }]
shipping = [{ price = 8 }]
[case.expect]
payable = "123.45"
discount = "35.05"
shipping = 8
lines = { longjing = "76.71", pot = "38.74" }
applied = ["gold", "20 off 100", "cup"]
gifts = { cup = 1 }
"""


def run(folder, *, program=PROGRAM, **files):
    """What check says of files of cases; the exit code, and what is said of them."""
    (folder / "cases").mkdir()
    (folder / "shop.toml").write_text(program, encoding="utf-8")
    for name, text in files.items():
        (folder / "cases" / f"{name}.toml").write_text(text, encoding="utf-8")
    arguments = ["check", str(folder / "shop.toml"), "--cases", str(folder / "cases")]
    result = CliRunner().invoke(application, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, [line for line in result.output.splitlines() if "version" not in line]


def test_cases_that_are_as_expected_are_ok_in_the_order_of_their_files(tmp_path):
    tea = f'{TEA}expect = {{ payable = 130, left_out = {{ gold = ["ConditionUnmet"] }} }}'
    assert run(tmp_path, b=GOLD, a=tea) == (
        0,
        [
            "a.toml: tea for 150: ok",
            "b.toml: a gold member with a code: ok",
            "as expected: 2 of 2 cases",
        ],
    )


def test_what_differs_is_said_with_both_values(tmp_path):
    expect = """
    [case.expect]
    payable = "129.99"
    discount = "20.01"
    shipping = 1
    lines = { longjing = 131 }
    applied = []
    left_out = { gold = ["WaitsForCode"], cup = ["WaitsForCode"], "20 off 100" = ["Beaten"] }
    gifts = { cup = 2, pot = 1 }
    """
    assert run(tmp_path, tea=TEA + expect) == (
        1,
        [
            "tea.toml: tea for 150: differs",
            "  payable: expected 129.99 CNY, got 130.00 CNY",
            "  discount: expected 20.01 CNY, got 20.00 CNY",
            "  shipping: expected 1.00 CNY, got 0.00 CNY",
            "  lines.longjing: expected 131.00 CNY, got 130.00 CNY",
            "  applied: expected none, got 20 off 100",
            "  left_out.gold: expected WaitsForCode, got ConditionUnmet",
            "  left_out.20 off 100: expected Beaten, got that it is not left out",
            "  gifts: expected 2 x cup, 1 x pot, got none",
            "as expected: 0 of 1 cases",
        ],
    )


def test_one_case_that_differs_does_not_hide_the_next(tmp_path):
    first, second = TEA, TEA.replace("tea for", "more tea for")
    text = f"{first}expect = {{ payable = 1 }}\n{second}expect = {{ payable = 130 }}"
    code, said = run(tmp_path, tea=text)
    assert code == 1
    assert said == [
        "tea.toml: tea for 150: differs",
        "  payable: expected 1.00 CNY, got 130.00 CNY",
        "tea.toml: more tea for 150: ok",
        "as expected: 1 of 2 cases",
    ]


def test_uses_that_are_spent_and_gifts_that_are_out_are_told(tmp_path):
    program = PROGRAM.replace('name = "20 off 100"', 'name = "20 off 100"\nlimits = { uses = 3 }')
    told = """
    codes = ["CUP"]
    used = { "promotion:20 off 100:uses" = 3 }
    out_of_stock = ["cup"]
    expect = { payable = 150, left_out = { "20 off 100" = ["UsesSpent"] }, gifts = {} }
    """
    assert run(tmp_path, program=program, tea=TEA + told)[0] == 0


def test_coupons_in_hand_are_told(tmp_path):
    told = """
    [case.customer]
    coupons = [{ id = "c-1", value = 5, threshold = 20, expires_at = 2026-06-01T12:00:00+08:00 }]
    [case.expect]
    left_out = { c-1 = ["CouponRanOut"] }
    """
    assert run(tmp_path, tea=TEA + told)[0] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{TEA}expect = {{ payble = 1 }}",
            'case[0].expect.payble: unknown key; did you mean "pay',
        ),
        (f"{TEA}expect = {{}}", "case[0].expect: nothing is expected; say what is payable"),
        (TEA, "case[0].expect: is missing"),
        (
            f"{TEA}expect = {{ payable = 1.5 }}",
            "case[0].expect.payable: expected a whole number or",
        ),
        (
            f"{TEA}expect = {{ lines = {{ longjin = 1 }} }}",
            'case[0].expect.lines.longjin: no such line is ticked; did you mean "longjing"?',
        ),
        (
            f"{TEA}expect = {{ lines = {{ longjing = true }} }}",
            "case[0].expect.lines.longjing: expected a whole number or a decimal in quotes",
        ),
        (
            f'{TEA}expect = {{ left_out = {{ gold = ["WaitsForCod"] }} }}',
            'case[0].expect.left_out.gold: there is no reason "WaitsForCod"; did you mean',
        ),
        (
            f"{TEA}expect = {{ gifts = {{ cup = '1' }} }}",
            "case[0].expect.gifts.cup: expected a whole number; got str",
        ),
        (f"{TEA}expect = {{ lines = [1] }}", "case[0].expect.lines: expected a table; got list"),
        (
            f"{TEA}expect = {{ payable = 1 }}\n{TEA}expect = {{ payable = 1 }}",
            'case[1].name: "tea for 150" stands at [0] already',
        ),
        (
            TEA.replace("+08:00", "") + "expect = { payable = 1 }",
            "case[0].at: 2026-06-01T12:00:00 names no time zone",
        ),
        (
            TEA.replace("2026-06-01T12:00:00+08:00", '"noon"') + "expect = { payable = 1 }",
            "case[0].at: expected a time such as 2026-06-01T12:00:00+08:00; got str",
        ),
        (
            TEA.replace("quantity = 2", "quantity = 0") + "expect = { payable = 1 }",
            "case[0].basket.lines[0]: the quantity of a line is 1 to 1,000,000; got 0",
        ),
        (
            TEA.replace("price = 75", 'price = "-0.01"') + "expect = { payable = 1 }",
            "case[0].basket.lines[0].price: price cannot be negative; got -0.01 CNY",
        ),
        ("[[cases]]", 'cases: unknown key; did you mean "case"?'),
        ("case = [1]", "case[0]: expected a table; got int"),
        ("case = ", "not TOML: "),
    ],
)
def test_a_case_that_is_wrong_is_named_with_its_file_and_path(tmp_path, text, said):
    code, lines = run(tmp_path, tea=text, good=f"{TEA}expect = {{ payable = 130 }}")
    assert code == 1
    assert any(line.startswith(f"tea.toml: {said}") for line in lines), lines
    assert "good.toml: tea for 150: ok" in lines


def test_a_folder_without_cases_is_no_success(tmp_path):
    code, lines = run(tmp_path)
    assert code == 1
    assert lines[0] == "as expected: 0 of 0 cases"
    assert lines[1].endswith("cases: there are no cases here")


def test_the_faults_of_a_program_come_before_any_case(tmp_path):
    program = PROGRAM.replace('layer = "line"', 'layer = "lien"')
    code, lines = run(tmp_path, program=program, tea=f"{TEA}expect = {{ payable = 130 }}")
    assert code == 1
    assert lines == [
        "Error: the program has faults",
        'promotions[1].layer: there is no layer "lien"; did you mean "line"?',
    ]
