"""What is said of links: kinds, reasons, and where a new customer is."""

from PySide6.QtCore import QCoreApplication

from app.domain.links import Finding, FindingKind, Reason, Suggestion

translate = QCoreApplication.translate


def kind_text(kind: FindingKind) -> str:
    """A kind of finding in a word or two."""
    match kind:
        case FindingKind.NO_NUMBER:
            return translate("LinkInbox", "No number")
        case FindingKind.NOT_IN_ERP:
            return translate("LinkInbox", "Unknown number")
        case FindingKind.SHARED:
            return translate("LinkInbox", "Shared number")
        case FindingKind.NAMES_DIFFER:
            return translate("LinkInbox", "Names differ")
        case FindingKind.PROJECT_NOT_IN_ERP:
            return translate("LinkInbox", "Project, unknown customer")
        case FindingKind.PROJECT_NO_CUSTOMER:
            return translate("LinkInbox", "Project without customer")


def finding_text(finding: Finding) -> str:
    """What is wrong, in a sentence."""
    company = finding.company
    match finding.kind:
        case FindingKind.NO_NUMBER:
            return translate("LinkInbox", "The CRM holds no customer number for this company.")
        case FindingKind.NOT_IN_ERP:
            text = translate("LinkInbox", "The ERP has no customer with the number {number}.")
            return text.replace("{number}", company.number)
        case FindingKind.SHARED:
            others = ", ".join(other.name for other in finding.sharers)
            text = translate("LinkInbox", "The number {number} is also held by: {others}.")
            if finding.is_its_own:
                own = translate("LinkInbox", "It fits this one, so it is the others that want another number.")
                text = f"{text} {own}"
            return text.replace("{number}", company.number).replace("{others}", others)
        case FindingKind.NAMES_DIFFER:
            if finding.same_vat:
                return translate("LinkInbox", "Linked, and with the same VAT number, but each system has another name.")
            return translate("LinkInbox", "Linked by the number, but each system has another name.")
        case FindingKind.PROJECT_NOT_IN_ERP | FindingKind.PROJECT_NO_CUSTOMER:
            return _project_text(finding)


def _project_text(finding: Finding) -> str:
    if finding.kind is FindingKind.PROJECT_NOT_IN_ERP:
        text = translate(
            "LinkInbox",
            "Project {project} is of customer {number}, and the ERP has no customer with that number. It is put "
            "right in the time system.",
        )
    else:
        text = translate(
            "LinkInbox",
            "Project {project} says no customer number. Unless it is one of our own, it is put right in the time "
            "system.",
        )
    return text.replace("{project}", finding.company.number).replace("{number}", finding.company.parent_id)


def reason_text(suggestion: Suggestion, company_vat: str = "") -> str:
    """Why it is suggested."""
    match suggestion.reason:
        case Reason.VAT_NUMBER:
            text = translate("LinkInbox", "same VAT number {vat}")
            customer = suggestion.customer
            return text.replace("{vat}", company_vat or (customer.vat_number if customer is not None else ""))
        case Reason.NAME:
            return translate("LinkInbox", "same name")
        case Reason.SIMILAR:
            return translate("LinkInbox", "similar name")
        case _:
            return translate("LinkInbox", "the number fits the other company")


def suggestion_text(suggestion: Suggestion) -> str:
    """What would be done."""
    if suggestion.customer is None:
        return translate("LinkInbox", "Take the number out of this company")
    return f"{suggestion.number}  {suggestion.customer.name}"
