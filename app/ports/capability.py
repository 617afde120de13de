"""What a system can do beyond the least that its port asks."""

from enum import StrEnum


class Capability(StrEnum):
    """The window shows what is here and never a dead button."""

    # ERP
    PRICE_BASIS = "price_basis"
    PRICE_LADDER = "price_ladder"
    AVAILABILITY = "availability"
    CREDIT = "credit"
    CONFLICT_DETECTION = "conflict_detection"
    MANUAL_DISCOUNT = "manual_discount"
    DELIVERY_METHODS = "delivery_methods"
    DOCUMENTS = "documents"
    # CRM
    TIMELINE = "timeline"
    SALES = "sales"
    CASES = "cases"
    CAMPAIGNS = "campaigns"
    LOG_TOUCH_POINT = "log_touch_point"
    SET_CATEGORY = "set_category"
    SET_NUMBER = "set_number"
