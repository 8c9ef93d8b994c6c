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
    # --- what needs a person: where ---
    "row": "row {row}",
    "rows": {
        "one": "{number} row",
        "other": "{number} rows",
    },
    "column of row": "row {row}, column “{header}”",
    "applicant": "applicant {reference}",
    "applicant in row": "{reference} (row {row})",
    "message to applicant": "applicant {reference}, message “{kind:kind}”",
    "the letters": "the letters",
    "the run": "the run",
    "places here": "places",
    "the waiting list": "the waiting list",
    "mail": "mail",
    "control in tab": "tab Convene, {control:control}",
    "where and what": "{where}: {what}",
    # --- what needs a person: rows ---
    "to review": "to review",
    "to review: do": "Its Reason says why. Type what is to happen in the Decision column",
    "word unknown": "the word is not one that Convene knows, nothing was decided by it",
    "word unknown: do": "Type one of: {words:words}",
    "word elsewhere": "a word stands in the row of an older response of the same person, nothing was "
    "decided by it",
    "word elsewhere: do": "Type it in this row, or delete it there",
    "whose word": "it does not say whose person is meant, or both were told something: nothing was decided "
    "by it",
    "whose word: do": "Type “{same:words}: ” with the reference of the other row, or delete it",
    "row vanished": "is “{status:status}” and has no row any more",
    "row vanished: do": "Put the row back; to give the place up, type Withdrawn in it and delete it after "
    "the next run",
    "cell shows fault": "the cell shows {fault}",
    "cell shows fault: do": "Correct the cell; the next run reads the row again",
    "answer too long": "the answer has {length} characters, more than {most}",
    "answer too long: do": "Shorten it; the next run reads the row again",
    "stamp of odd year": "a time stamp of the year {year}",
    "stamp unreadable": "the time stamp cannot be read",
    "no stamp": "no time stamp",
    "stamp: type it": "Type the date and time, as 2023-07-14 09:30:00",
    "stamp: describe it": "Type it as 2023-07-14 09:30:00, or set timestamp_formats in config/call.yaml "
    "(docs/form.md)",
    "format in call": "config/call.yaml, timestamp_formats “{format}”",
    "format idle": "fits no time stamp in the sheet, and some there cannot be read",
    "format idle: do": "Correct it, or take it out; docs/form.md shows how it is written",
    "no address": "no e-mail address",
    "no address: do": "Type the address, or delete the row",
    "addresses": "more than one e-mail address in the cell",
    "addresses: do": "Leave the one to write to",
    "bad address": "not an e-mail address that mail can be sent to",
    "bad address: do": "Correct the address",
    "odd letters": "letters before the @ that only look like plain ones",
    "odd letters: do": "Type the address anew",
    "copy": "the same response stands in the sheet more than once",
    "copy: do": "Delete the copy",
    "not given": "the reference is not one that this ledger gave",
    "not given: do": "Empty the Reference cell of this row",
    "stamp taken": "the time stamp is that of another person's response",
    "stamp taken: do": "Undo the sort or the paste, or empty the Reference cell of this row",
    "other address": "the address is not the one that this reference belongs to",
    "other address: do": "Type Same person in Decision if you corrected it, Other person if somebody else "
    "answered here; or undo the sort",
    "moved word": "Convene's cells here were another row's, and a Decision may have moved with them",
    "moved word: do": "See that the Decision is right for whoever answered in this row, then empty the "
    "Reference cell",
    "bare word": "the reference of whoever answered here stands in another row, and a Decision may have "
    "moved with it",
    "bare word: do": "See that the Decision is right in both rows, then empty the Reference cell of the "
    "other one",
    "spoilt": "another row of the same address has to be checked first",
    "spoilt: do": "Repair that row",
    "nothing held": "Erased: Convene holds nothing of this person any more",
    "nothing held: do": "Delete the row",
    "erased before": "Somebody with this address was erased",
    "erased before: do": "If this is a new application, type a word in Decision; if not, delete the row",
    "flood": "more people applied at once than limits.messages_per_run allows ({most}): nothing is decided "
    "and nobody is written to",
    "crowd": "more people applied from one mailbox than limits.applicants_per_mailbox allows ({most}): "
    "nothing is decided and nobody is written to",
    "crowd: do": "Delete the rows that are no applications, type a word in Decision, or let all in: "
    "`convene run --newcomers`",
    # --- what needs a person: letters, answers and places ---
    "unanswered offer": "a place was offered, and there was no answer by {until}",
    "unanswered offer: do": "Ask the person; then type Confirmed or Withdrawn in the Decision column",
    "quota missed": "{rule} has {count}, at least {bound} asked for",
    "quota missed: do": "No choice that is left does better. Invite somebody by a word in Decision, or "
    "lower the number",
    "over capacity": "{filled} have a place, and there are {capacity}",
    "over capacity: do": "Nobody who was invited is displaced. Raise places.capacity in config/call.yaml, "
    "or ask who gives way",
    "choice not proved": "the choice is {method}",
    "choice not proved: do": "Give it more seconds with places.time_limit in config/call.yaml",
    "not sent": "not sent, because {why}",
    "not sent: do": "The next run decides anew and writes another one",
    "letter unwritable": "the message “{kind:kind}” cannot be written with these answers",
    "letter unwritable: do": "Run `convene check`; correct the answer or the template",
    "letter refused": "it was refused",
    "letter refused with": "it was refused: {reply}",
    "letter refused: do": "Remove the cause, then type Send again under Decision (or `convene resolve "
    "{reference} --send-again`); or reach the person another way, then type Delivered (or `convene resolve "
    "{reference} --delivered`); Withdrawn ends this notice, too",
    "letter in doubt": "it may have been delivered, the answer was lost",
    "letter in doubt: do": "Ask the person, or look in the mail server's log; then type Delivered or Send "
    "again under Decision (or `convene resolve {reference} --delivered` or `--send-again`)",
    "overtaking": "would be told before others who come first",
    "overtaking: do": "Run for everybody, without --only",
    "decisions put off": {
        "one": "{number} decision put off: somebody who comes first cannot be written to",
        "other": "{number} decisions put off: somebody who comes first cannot be written to",
    },
    "decisions put off: do": "Put that message right, or type what is to happen to that person in the "
    "Decision column",
    "letters wait": {
        "one": "{number} letter waits for your approval",
        "other": "{number} letters wait for your approval",
    },
    "letters wait: do": "Type {code} beside “{control:control}” or ok in the rows that may leave, or run "
    "`convene approve`",
    "danger: do": "If it is right, type {code} beside “{control:control}”, or run once with --force",
    "stale: do": "Nothing is sent or written before",
    "reached nobody": {
        "one": "{number} message went to the local outbox only and reached nobody",
        "other": "{number} messages went to the local outbox only and reached nobody",
    },
    "reached nobody: do": "To begin anew, delete the folder state/ and Convene's columns in the sheet",
    "not understood": "{text:short} is not understood",
    "pause: do": "Type yes or no; until then nothing is sent",
    "freeze: do": "Type yes or no; until then nobody is promoted",
    "code: do": "Type the code that stands beside it",
    "seen: do": "Type codes that stand in the list below, with a space between two",
    # --- what needs a person: a sheet of Google's ---
    "column lost": "the column “{header}” lost its header",
    "column lost: do": "Type “{header}” into its first cell again; Convene still knows the column",
    "column renamed": "the column “{header}” has the header “{now}” now",
    "own column renamed: do": "Type “{header}” into its first cell again; Convene knows the column either "
    "way, and says so once",
    "column renamed: do": "Type “{header}” into its first cell again, or write “{now}” in its place under "
    "columns in config/call.yaml; Convene knows the column either way, and says so once",
    "unknown zone": "its time zone is not one that Convene knows; times are taken for the call's",
    "unknown zone: do": "Choose a zone by city under “File”, “Settings”",
    "tab renamed": "the tab “{wanted}” is called “{now}” now",
    "tab renamed: do": "Give it its name back, or write “{now}” as sheet.tab in config/service.yaml; "
    "Convene goes by its mark, and says so once",
    "tab replaced": "the tab “{wanted}” is called “{now}” now, and another one bears its name",
    "tab replaced: do": "Write “{now}” as sheet.tab in config/service.yaml; Convene goes by its mark, and "
    "says so once",
    "responses elsewhere": {
        "one": "{number} response in the tab “{tab}” came after all that are here: does the form write "
        "there now?",
        "other": "{number} responses in the tab “{tab}” came after all that are here: does the form write "
        "there now?",
    },
    "responses elsewhere: do": "If “{tab}” holds the earlier responses too, write it as sheet.tab in "
    "config/service.yaml; if not, move the new ones to “{here}” and link the form to this spreadsheet anew",
    # --- the tab Convene: the organisers' cells ---
    "control pause": "Pause",
    "control freeze": "Freeze promotion",
    "control approve": "Approve all",
    "control accept": "Accept danger",
    "control run_now": "Run now",
    "control seen": "Seen",
    "switch yes": "yes",
    "switch no": "no",
    "bare": "{text:bare}",
}
