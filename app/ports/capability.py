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
    NAMES = "names"
    PURCHASE_HISTORY = "purchase_history"
    CREATE_CUSTOMER = "create_customer"
    DELIVERIES = "deliveries"  # and returns
    INVOICES = "invoices"  # and credit notes
    HEADINGS = "headings"  # lines that are titles and subtotals
    CREATE_ORDERS = "create_orders"  # this user may
    CHANGE_ORDERS = "change_orders"  # this user may
    # CRM
    OWN_COMPANIES = "own_companies"
    TIMELINE = "timeline"
    SALES = "sales"
    CASES = "cases"
    CAMPAIGNS = "campaigns"
    LOG_TOUCH_POINT = "log_touch_point"  # calls and meetings
    LOG_NOTE = "log_note"
    LOG_EMAIL = "log_email"
    ADD_TASK = "add_task"
    TASKS = "tasks"
    SET_STAGE = "set_stage"
    SET_CATEGORY = "set_category"
    SET_NUMBER = "set_number"
    CORRECT = "correct"  # phone, e-mail, and who somebody is
    ADD_PERSON = "add_person"
    # Time
    PROJECTS = "projects"
    # Reporting
    ANALYSE = "analyse"  # this user may go on in the reporting system by himself
