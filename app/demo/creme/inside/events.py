"""What took place and what is under way: touch points, sales, cases, campaigns."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from companies import Known
from creme.activities import constants as act
from creme.activities import get_activity_model
from creme.activities.models import ActivitySubType, Calendar
from creme.activities.models import Status as ActivityStatus
from creme.assistants.models import Memo
from creme.commercial import get_act_model
from creme.commercial.constants import REL_SUB_COMPLETE_GOAL
from creme.commercial.models import MarketSegment
from creme.creme_core.models import Relation
from creme.emails import constants as mail
from creme.emails import get_emailcampaign_model, get_entityemail_model, get_mailinglist_model
from creme.emails.models import EmailSending
from creme.opportunities import get_opportunity_model
from creme.opportunities.constants import REL_SUB_LINKED_CONTACT
from creme.persons import get_organisation_model
from creme.tickets import get_ticket_model
from creme.tickets.constants import REL_SUB_LINKED_2_TICKET
from django.utils.timezone import make_aware, now
from tables import Row, Tables
from words import Employees, Vocabulary

Activity, EntityEmail = get_activity_model(), get_entityemail_model()
_SUB_TYPES = {"call": act.UUID_SUBTYPE_PHONECALL_OUTGOING, "meeting": act.UUID_SUBTYPE_MEETING_MEETING}
_CLOSED = ("solved", "closed")


class Filler:
    """Enters rows of each kind; holds what they refer to."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, employees: Employees, known: Known) -> None:
        self._tables, self._vocabulary, self._employees, self._known = tables, vocabulary, employees, known
        self._own = get_organisation_model().objects.get(is_managed=True)
        self._sub_types = {
            kind: ActivitySubType.objects.select_related("type").get(uuid=uuid) for kind, uuid in _SUB_TYPES.items()
        }
        self._done = ActivityStatus.objects.get(uuid=act.UUID_STATUS_DONE)
        self._calendars = {
            name: Calendar.objects.get_default_calendar(user) for name, user in employees.by_name.items()
        }

    def touch_point(self, row: Row) -> None:
        """Enter a call, meeting, note or e-mail."""
        company = self._known.companies[row["company_number"]]
        person = self._person(row)
        at = self._tables.moment(row["days_ago"], row["time"])
        match row["kind"]:
            case "note":
                Memo.objects.create(
                    user=self._employees.by_name[row["owner"]],
                    content=f"{row['subject']}\n{row['text']}",
                    creation_date=at,
                    real_entity=company,
                )
            case "email":
                self._email(row, company, person, at)
            case _:
                self._activity(row, company, person, at)

    def _activity(self, row: Row, company: Any, person: Any, at: datetime) -> None:
        owner = self._employees.by_name[row["owner"]]
        sub_type = self._sub_types[row["kind"]]
        activity = Activity.objects.create(
            user=owner,
            title=row["subject"],
            minutes=row["text"],
            type=sub_type.type,
            sub_type=sub_type,
            status=self._done,
            start=at,
            end=at + timedelta(minutes=int(row["minutes"] or 15)),
            created=at,
        )
        activity.calendars.add(self._calendars[row["owner"]])
        relate = partial(Relation, user=owner, object_entity=activity)
        # The same person's company is added by Creme itself where it knows them as employed there.
        Relation.objects.safe_multi_save(
            [
                relate(subject_entity=company, type_id=act.REL_SUB_ACTIVITY_SUBJECT),
                *(
                    relate(subject_entity=one, type_id=act.REL_SUB_PART_2_ACTIVITY)
                    for one in (owner.linked_contact, person)
                    if one is not None
                ),
            ],
            check_existing=False,
        )

    def _email(self, row: Row, company: Any, person: Any, at: datetime) -> None:
        owner = self._employees.by_name[row["owner"]]
        email = EntityEmail(
            user=owner,
            sender=owner.email,
            recipient=(person or company).email or company.email,
            subject=row["subject"],
            body=row["text"],
            body_html="",
            status=EntityEmail.Status.SENT,
            sending_date=at,
            created=at,
        )
        email.genid_n_save()
        relate = partial(Relation, user=owner, subject_entity=email)
        Relation.objects.safe_multi_save(
            [
                relate(object_entity=owner.linked_contact, type_id=mail.REL_SUB_MAIL_SENT),
                relate(object_entity=person or company, type_id=mail.REL_SUB_MAIL_RECEIVED),
            ],
            check_existing=False,
        )

    def opportunity(self, row: Row) -> None:
        """Enter a sale; the two organisations that Creme wants are set before it is saved."""
        owner = self._employees.by_name[row["owner"]]
        phase = self._vocabulary.phases[row["stage"]]
        closing = self._tables.day(row["closing_days"])
        is_over = phase.won or phase.lost
        opportunity = get_opportunity_model()(
            user=owner,
            name=row["name"],
            sales_phase=phase,
            chance_to_win=int(row["probability"]),
            estimated_sales=int(row["amount"]),
            made_sales=int(row["amount"]) if phase.won else None,
            currency=self._vocabulary.currencies[row["currency"]],
            expected_closing_date=closing,
            closing_date=min(closing, self._tables.today) if is_over else None,
            created=self._tables.moment(row["created_days_ago"]),
        )
        opportunity.emitter = self._own
        opportunity.target = self._known.companies[row["company_number"]]
        opportunity.full_clean()
        opportunity.save()
        if (person := self._person(row)) is not None:
            Relation.objects.create(
                user=owner, subject_entity=person, type_id=REL_SUB_LINKED_CONTACT, object_entity=opportunity
            )

    def case(self, row: Row) -> None:
        """Enter a support case; a closed one is closed a week later, at the latest today."""
        owner = self._employees.by_name[row["owner"]]
        opened = self._tables.moment(row["days_ago"])
        closed = min(opened + timedelta(days=7), now()) if row["status"] in _CLOSED else None
        ticket = get_ticket_model().objects.create(
            user=owner,
            title=row["title"],
            description=row["description"],
            status=self._vocabulary.statuses[row["status"]],
            priority=self._vocabulary.priorities[row["priority"]],
            criticity=self._vocabulary.severity,
            created=opened,
            closing_date=closed,
        )
        company = self._known.companies[row["company_number"]]
        for subject in filter(None, (company, self._person(row))):
            Relation.objects.create(
                user=owner, subject_entity=subject, type_id=REL_SUB_LINKED_2_TICKET, object_entity=ticket
            )

    def campaign(self, row: Row) -> None:
        """Enter a campaign with its members: a mailing as one of Creme's, anything else as commercial action."""
        members = [
            member
            for member in self._tables.rows("campaign_members")
            if member["campaign_code"] == row["code"] and member["company_number"] in self._known.companies
        ]
        if row["kind"] == "mailing":
            self._mailing(row, members)
        else:
            self._action(row, members)

    def _mailing(self, row: Row, members: list[Row]) -> None:
        owner = self._employees.salesperson
        recipients = get_mailinglist_model().objects.create(user=owner, name=f"{row['name']}, modtagere"[:80])
        people = [self._person(member) for member in members]
        recipients.contacts.add(*(person for person in people if person is not None))
        campaign = get_emailcampaign_model().objects.create(
            user=owner, name=row["name"], description=row["description"]
        )
        campaign.mailing_lists.add(recipients)
        start = make_aware(datetime.combine(self._tables.day(row["start_days"]), time(9)))
        is_sent = start <= now()
        EmailSending.objects.create(
            campaign=campaign,
            sender=owner.email,
            type=EmailSending.Type.IMMEDIATE if is_sent else EmailSending.Type.DEFERRED,
            sending_date=start,
            state=EmailSending.State.DONE if is_sent else EmailSending.State.PLANNED,
            subject=row["name"],
            body=row["description"],
        )

    def _action(self, row: Row, members: list[Row]) -> None:
        owner = self._employees.salesperson
        action = get_act_model()(
            user=owner,
            name=row["name"],
            goal=row["description"],
            expected_sales=int(row["budget"]) * 10,
            cost=int(row["budget"]),
            start=self._tables.day(row["start_days"]),
            due_date=self._tables.day(row["end_days"]),
            act_type=self._vocabulary.actions[row["kind"]],
            # The one without a property: aimed at everybody, so that only those who are linked are in it.
            segment=MarketSegment.objects.get(property_type=None),
        )
        action.full_clean()
        action.save()
        Relation.objects.safe_multi_save(
            [
                Relation(
                    user=owner,
                    subject_entity=self._person(member) or self._known.companies[member["company_number"]],
                    type_id=REL_SUB_COMPLETE_GOAL,
                    object_entity=action,
                )
                for member in members
            ]
        )

    def _person(self, row: Row) -> Any:
        return self._known.people.get((row["company_number"], row["person"]))


def fill(tables: Tables, filler: Filler, known: Known, report: Callable[[float], None]) -> None:
    """Enter all of them; rows of companies that the CRM does not know are left out."""
    steps: list[tuple[Callable[[Row], None], Row]] = [
        (enter, row)
        for name, enter in (
            ("touch_points", filler.touch_point),
            ("opportunities", filler.opportunity),
            ("cases", filler.case),
        )
        for row in tables.rows(name)
        if row["company_number"] in known.companies
    ]
    steps += [(filler.campaign, row) for row in tables.rows("campaigns")]
    for done, (enter, row) in enumerate(steps, start=1):
        enter(row)
        if done % 20 == 0:
            report(done / len(steps))
