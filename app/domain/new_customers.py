"""A company of the CRM that is to become a customer of the ERP."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What a person has decided.

    Attributes:
        token: The same for the same company, whoever decides it and however often: see `token_for`.
        company_id: The CRM's key.
        name: All that goes into the ERP.
        former: The number that the CRM held when it was decided: empty, or one that pointed nowhere.
    """

    token: str
    company_id: str
    name: str
    former: str = ""


def token_for(crm: str, company_id: str) -> str:
    """What the ERP keeps with a customer until its number is in the CRM.

    It is made of the company and nothing else, so that whoever tries again, also another person at another computer,
    finds what an earlier attempt has left, and none is made beside it. It tells nothing of the company.

    Args:
        crm: Where the CRM is.
    """
    return sha256(f"{crm.rstrip('/')}\n{company_id}".encode()).hexdigest()[:32]
