"""What the sample store knows, as SampleStore.swift fills it in."""

CARD = b"2000012345678"
CARD_NAME = "Kari"
PHONE = "+4790012345"
PRODUCT = b"4006381333931"
PRODUCT_GTIN = "04006381333931"
UNKNOWN = b"LAB-NOBODY-KNOWS-THIS"
