#!/usr/bin/env python3
"""Writes phone.json: what libphonenumber makes of numbers typed in many ways, so that the tests do not ask the edge's own
table about itself. Makes its own environment under .build-oracle.

    Tests/Oracle/phone/phone.py            writes the file
    Tests/Oracle/phone/phone.py --check    fails when the file is not what would be written
"""

import json
import os
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "phone.json"
ENVIRONMENT = HERE.parent.parent.parent / ".build-oracle" / "phone"
VERSION = "9.0.43"
SEED = 20261125
REGIONS = ["NO", "SE", "DK", "FI", "DE", "UA", "EE", "LV", "LT", "PL", "NL", "GB", "IS"]
NUMBERS = 25
RANDOM = 60


def enter_environment():
    """Starts again under the environment's own Python, which it makes first."""
    python = ENVIRONMENT / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    if not python.exists():
        subprocess.check_call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    subprocess.check_call([str(python), "-m", "pip", "install", "-q", f"phonenumbers=={VERSION}"])
    os.execv(str(python), [str(python), str(pathlib.Path(__file__).resolve()), *sys.argv[1:]])


def main():
    import phonenumbers
    from phonenumbers import PhoneMetadata

    rng = random.Random(SEED)

    def reading(text, region):
        """The E.164 form of a number that is possible from abroad and has no more digits than E.164 allows, else None."""
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
            return None
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return written if len(written) <= 1 + 15 else None

    def valid_number(region):
        meta = PhoneMetadata.metadata_for_region(region)
        mobile = meta.mobile.example_number
        while True:
            if rng.random() < 0.5:
                # The first digits of an example make a valid mobile number more likely.
                digits = mobile[: rng.choice([1, 2, 3])]
                length = len(mobile)
            else:
                digits = ""
                length = rng.choice([n for n in meta.general_desc.possible_length if n >= 6])
            digits += "".join(rng.choice("0123456789") for _ in range(length - len(digits)))
            number = phonenumbers.PhoneNumber(country_code=meta.country_code, national_number=int(digits))
            if digits[0] != "0" and phonenumbers.is_valid_number_for_region(number, region) \
                    and len(str(meta.country_code) + digits) <= 15:
                return str(meta.country_code), digits, meta.national_prefix or ""

    def separated(digits):
        out = ""
        for index, digit in enumerate(digits):
            if index and rng.random() < 0.35:
                out += rng.choice([" ", "-", ".", "/", "\u00a0", " - ", "\u2011"])
            out += digit
        return out

    def ways(code, digits, trunk):
        national = trunk + digits
        yield national
        yield separated(national)
        yield "+" + code + digits
        yield "+" + code + " " + separated(digits)
        yield "00" + code + digits
        yield "00 " + code + " " + separated(digits)
        yield code + digits
        yield " tel:+" + code + "-" + separated(digits) + " "
        yield f"(+{code}) " + separated(digits)
        if trunk:
            yield f"+{code} ({trunk}){separated(digits)}"
            yield f"+{code}{national}"
            yield f"({national[:3]}) {national[3:]}"
            yield digits

    cases = []
    for region in REGIONS:
        for _ in range(NUMBERS):
            for text in ways(*valid_number(region)):
                cases.append((region, text))
        # The same store, a guest from elsewhere.
        for other in REGIONS + ["FR", "ES", "US"]:
            code, digits, _ = valid_number(other)
            cases.append((region, f"+{code} {separated(digits)}"))
            cases.append((region, f"00{code}{digits}"))
        for _ in range(RANDOM):
            digits = "".join(rng.choice("0123456789") for _ in range(rng.randrange(1, 18)))
            cases.append((region, digits))
        for text in ["", " ", "+", "-", "00", "0", "112", "+0", "()", "+47", "++47 41234567"]:
            cases.append((region, text))
    lines = [json.dumps([region, text, reading(text, region)], ensure_ascii=True) for region, text in cases]
    written = "[\n" + ",\n".join(lines) + "\n]\n"
    if "--check" in sys.argv:
        if GOLDEN.read_text() != written:
            sys.exit(f"{GOLDEN} is not what {pathlib.Path(__file__).name} would write. Write it again, and look at "
                     "what has changed.")
        return
    GOLDEN.write_text(written)
    print(f"{len(lines)} cases")


if __name__ == "__main__":
    enter_environment()
    main()
