"""English: what all other languages say again."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "“{text}”",
    "sentences": "{sentences:joined}",
    "parts": "{parts:parts}",
    "and more": "{number} more",
    "what and advice": "{what:sentence} {advice:sentence}",
    # --- column Status ---
    "status Received": "Received",
    "status To review": "To review",
    "status Ineligible": "Ineligible",
    "status Offered": "Offered",
    "status Confirmed": "Confirmed",
    "status Waiting list": "Waiting list",
    "status Not selected": "Not selected",
    "status Withdrawn": "Withdrawn",
    "status Expired": "Expired",
    "status On hold": "On hold",
    "status Superseded": "Superseded",
    "status Check row": "Check row",
    "status Erased": "Erased",
    "status Proposed: offer": "Proposed: offer",
    "status Proposed: waiting list": "Proposed: waiting list",
    "status Proposed: not selected": "Proposed: not selected",
    # --- column Decision: what its list offers (more spellings are understood: see docs/sheet.md) ---
    "word Invite": "Invite",
    "word Waiting list": "Waiting list",
    "word Decline": "Decline",
    "word Hold": "Hold",
    "word Confirmed": "Confirmed",
    "word Withdrawn": "Withdrawn",
    "word Eligible": "Eligible",
    "word Send again": "Send again",
    "word Delivered": "Delivered",
    "word ok": "ok",
    "word Same person": "Same person",
    "word Other person": "Other person",
    # --- column Last message ---
    "kind invitation": "Invitation",
    "kind waiting_list": "Waiting list",
    "kind not_selected": "Not selected",
    "kind delayed": "Delay notice",
    "kind received": "Acknowledgement",
    "message accepted": "{kind}, {time}",
    "message refused": "{kind}: refused by the mail server: {reply}",
    "message in doubt": "{kind}: in doubt since {time}, it may have been delivered",
    "message deferred": "{kind}: put off by the mail server, it will be tried again",
    "message prepared": "{kind}: not sent yet",
    # --- column Reason: what the rules find ---
    "answer": "{answer:quoted} to {header:named}",
    "slip": "{said:quoted} was read as {meant:quoted}",
    "slips": "{slips}.",
    "unanswered": "No answer to {questions:named}, which the rules need.",
    "unclear": "Not clear without a person: the answer {answers}.",
    "several categories": "Fits more than one category: {titles:named}.",
    "no category": "No category fits these answers: {answers}.",
    "late": "Applied after the deadline.",
    # --- column Reason: what organisers said ---
    "put in category": "Put in this category by the organisers.",
    "held": "Held by the organisers.",
    "decided": "Decided by the organisers: {word:words}.",
    "place taken back": "A place had been offered before: Convene does not write about this, please do.",
    "told from": "It will be told from {on:day} on.",
    "unknown word": "The Decision {word:quoted} is not one of: {words:words}.",
    "older word": "The Decision {word:quoted} stands in the row of an older response. "
    "Type it in this row, or delete it there.",
    "nothing to settle": "“{word:words}” decides nothing: no message to this person is in doubt or refused.",
    "heard before": "“{word:words}” was there before and is followed once. "
    "Delete it, and type it anew after the next run.",
    "over": "“{word:words}” is not followed: the meeting has begun. "
    "Write to this person yourself, then type Delivered.",
    "reviews": {
        "one": "Told when {number} review is settled, or after {until:day}.",
        "other": "Told when {number} reviews are settled, or after {until:day}.",
    },
    "settles": "Followed from {until} on, unless you change it until then.",
    "changed since": "You released “{released:status}”, and since then {cause}: it waits for you again. "
    "Type {word} to release it as it is now.",
    "differs conclusion": "the conclusion is another one",
    "differs kind": "another letter is due",
    "differs to": "the address is another one",
    "differs sender": "the letter comes from another address",
    "differs target": "the sheet, the ledger or the mail server is another one",
    "differs until": "a date in the letter has passed or changed",
    "differs revision": "the letter is due again",
    "differs words": "the text of the letter is another one",
    "ok before": "“ok” was typed before this was proposed. Type {word} to release it.",
    "behind": "Told as soon as everybody who comes before is told, too.",
    # --- column Reason: what the applicant answered ---
    "said yes": "{status:status} before; answered yes by the reply form on {at}.",
    "said no": "{status:status} before; answered no by the reply form on {at}.",
    # --- column Reason: what a person is asked about ---
    "applied again": "Stands as “{status:status}” since {since:day}, and has applied again.",
    "contradicted": "Stands as “{status:status}” since {since:day}, "
    "and the answers or the rules now say otherwise:",
    "begun": "The meeting has begun.",
    "turned away": "A place is free, but people who applied before were turned away.",
    "uncounted": "A place is free, but the quotas cannot be counted: "
    "rows of people who have a place are missing or are to be checked.",
    "frozen": "No place is given by rank: Freeze promotion is on in the tab Convene.",
    "ask": "Type what is to happen in the Decision column.",
    "same address": "Has the address of {other}, and another name. "
    "Type Same person or Other person, or what is to happen, in the Decision column.",
    "same name": "May be {other}, with another address. "
    "Type Same person or Other person, or what is to happen, in the Decision column.",
    "whose unclear": "It is not clear who is the same person. "
    "Type Same person: and the reference of the other row.",
    "waits behind": "May be the same person as {others}: waiting for your word.",
    "worse": "These answers would take away what those of {sent:day} give. To let the older ones count, "
    "delete this row; else type what is to happen in the Decision column.",
    "too early": "Bears a time of {sent:day}, and the call opened on {opens:day}. "
    "Correct the time stamp, or type what is to happen in the Decision column.",
    "in the future": "Bears a time that has not come yet, on {sent:day}. "
    "Correct the time stamp, or type what is to happen in the Decision column.",
    "differing": "Different answers stand in the columns of {questions:named}. "
    "Leave the one that counts, or type what is to happen in the Decision column.",
    # --- column Reason: what became of the places ---
    "offered": "A place is offered: {parts:parts}.",
    "rank": "rank {rank}",
    "rank in tier": "tier {tier}, rank {rank}",
    "from the list": "from the waiting list",
    "waiting": "On the waiting list: {taken}; {position:nth} in line if a place{limits} becomes free.",
    "waiting, formerly": "On the waiting list: {taken}; {position:ordinal} if a place{limits} frees.",
    "for limits": " for {names}",
    "only place": "the only place{limit}",
    "all places": "all {number} places{limit}",
    "taken": {"one": "{places} is taken", "other": "{places} are taken"},
    "passed over": "Passed over: {obstacle:parts}.",
    "passed over on": "Passed over on {on:day}: {obstacle:parts}.",
    "obstacle": "{obstacle:parts}",
    "no place, full": "No place: {obstacle:parts}, and the waiting list is full.",
    "no place, closed": "No place: {obstacle:parts}, and the waiting list is closed.",
    "at least": "{name} (at least {bound})",
    "beside": "beside those who rank before, {cause}",
    "needed": "needed for {rules}",
    "needed together": "needed for {rules}, taken together",
    "needed together of nothing": "comes in beside those who are needed for minimums",
    "no places": "all places were taken before",
    "taken before": "all places are taken by those who rank before",
    "minimum": "would break {rules:or}",
    "empty": "would leave a place empty",
    "tier": "would leave fewer places to better tiers",
    "wish": "would make the group less balanced than was asked for",
    "tie": "lost the draw among equals",
    "unproved": "no time was left to work out more",
    # --- column Reason: what only explains a row ---
    "newer response": "A newer response by the same person counts.",
    "taken over": "Told on {on:day}; taken over without its reason.",
    "not kept": "What was answered is no longer kept.",
}
