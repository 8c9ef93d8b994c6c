"""English: what all other languages say again."""

from collections.abc import Mapping

PHRASES: Mapping[str, str | Mapping[str, str]] = {
    # --- marks and ways to put sentences together ---
    "quoted": "“{text}”",
    "between parts": "; ",
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
    "status No show": "No show",
    "status Cancelled": "Cancelled",
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
    "word Cancel": "Cancel",
    "word No show": "No show",
    "word Replace by …": "Replace by …",
    "word Extend to …": "Extend to …",
    "word Invite as …": "Invite as …",
    "word Address corrected": "Address corrected",
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
    "kind place_withdrawn": "Invitation taken back",
    "kind cancelled": "Cancellation",
    "kind changed": "Change notice",
    "kind offer_expired": "Offer lapsed",
    "kind reply_reminder": "Reminder to answer",
    "kind confirmed": "Confirmation",
    "kind withdrawn": "Withdrawal noted",
    "kind waiting_list_closed": "Waiting list closed",
    "kind practical_information": "Practical information",
    "kind event_reminder": "Reminder of the meeting",
    "kind thanks": "Thanks",
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
    "place passed": "The place of {other} passed to this person, by the organisers' word.",
    "told by hand": "Convene sends nothing about this: you tell the person yourselves.",
    "place taken back": "A place had been offered before: Convene does not write about this, please do.",
    "answer by": "To be answered until {on:day}.",
    "told from": "It will be told from {on:day} on.",
    "unknown word": "What does the Decision {word:quoted} mean? It is not one of: {words:words}. "
    "Nothing was decided by it.",
    "unknown word, near": "Did you mean “{near:words}”? Convene does not know the Decision "
    "{word:quoted}, and nothing was decided by it.",
    "misfit": "{question} Nothing was decided by “{word:words}”.",
    "misfit, invited": "Do you mean Cancel? This person was invited, and Cancel takes that back "
    "with a letter of its own. Type Withdrawn if the person will not come, or “{word:words}, "
    "silent” if you told the person yourselves.",
    "misfit, no invitation": "Do you mean Decline? There is no invitation to take back.",
    "misfit, no place": "Is it the right row? This person has no place.",
    "misfit, no offer": "Do you mean Invite? No answer to an offer is awaited.",
    "misfit, no such day": "Which day is meant? It must lie ahead, and before the meeting begins.",
    "misfit, unread day": "Until which day? Write it as in “Extend to 2023-08-25”.",
    "misfit, earlier": "Which day is meant? The offer promised a later one.",
    "misfit, nobody": "Who is meant? Nobody whose row can be read has that reference or address.",
    "misfit, several": "Who is meant? More than one person has that address: name the reference.",
    "misfit, has place": "Who is meant? Whoever that is has a place already, or had one.",
    "misfit, own word": "What is to happen? The Decision in the row of whoever is meant says something else.",
    "misfit, twice": "Whose place is to pass on? Another row names the same person.",
    "misfit, over": "Do you mean Confirmed? This person is noted as one who did not come.",
    "misfit, not begun": "Do you mean Withdrawn? The meeting has not begun.",
    "misfit, no template": "Did you tell this person yourselves? Then type “{word:words}, silent”. "
    "Convene has no letter for it, as messages in config/call.yaml names none.",
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
    "called off": "Not told: the meeting is cancelled.",
    "gated": {
        "one": "Told when {number} application that still waits for an answer has it.",
        "other": "Told when {number} applications that still wait for an answer have it.",
    },
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
    "unknown answer": "Which answer is meant: {answers}? The places are given by it. Correct it, name it under "
    "aliases in config/call.yaml, or type what is to happen in the Decision column.",
    "team alone": "Nobody else named this team. Correct the answer, or type Eligible: and the category in the Decision "
    "column, if nobody else is to come with this person.",
    "team apart": "Comes with a team, and nothing can be decided by rank for {others} of it. Wait until that is "
    "settled, or type Eligible: and the category for everybody who is to compete without them.",
    "missing answer": "No answer to {questions:named}, by which the places are given. Add it, or type what is to "
    "happen in the Decision column.",
    "disagree": "The marks in {questions:named} lie more than {most} apart. Correct them, or type what is to "
    "happen in the Decision column.",
    "not there yet": "Waits for {questions:named}: nobody is told what came of the places before it is there.",
    # --- column Reason: what became of the places ---
    "offered": "A place is offered: {parts:parts}.",
    "rank": "rank {rank}",
    "rank in tier": "tier {tier}, rank {rank}",
    "from the list": "from the waiting list",
    "waiting": "On the waiting list: {taken}; {position:nth} in line if a place{limits} becomes free.",
    "waiting, formerly": "On the waiting list: {taken}; {position:ordinal} if a place{limits} frees.",
    "waiting as a team": "On the waiting list: comes with a team of {number}, once there is room for all.",
    "team followed": "A place is offered: the team of {others} was given places as a whole.",
    "for limits": " for {names}",
    "only place": "the only place{limit}",
    "all places": "all {number} places{limit}",
    "taken": {"one": "{places} is taken", "other": "{places} are taken"},
    "lapsed": "No answer came by {by}: the offer has lapsed.",
    "lacking": "Said yes, and is not Confirmed yet: what the call requires of {headers:named} is not there.",
    "too short": "A place is free, and too little time is left to answer an offer: ask this person yourself.",
    "offers closed": "The last day for offers is over.",
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
    "team": "there is no room for the whole team",
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
    "cell of tab": "tab Convene, {control:control}",
    "where and what": "{where}: {what}",
    # --- what needs a person: rows ---
    "to review": "to review",
    "to review: do": "The Reason says why. Type what is to happen in the Decision column",
    "unknown to Convene": "Convene does not know the word, and decided nothing by it",
    "unknown to Convene: do": "Type one of: {words:words}",
    "unknown, near: do": "Did you mean “{near:words}”? These can be typed: {words:words}",
    "misfit here": "the word does not fit where the person stands, and decided nothing",
    "misfit here: do": "The Reason asks what is meant",
    "older row's word": "a word stands in the row of an older response of the same person, and decided "
    "nothing",
    "older row's word: do": "Type it in this row, or delete it there",
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
    "other address: do": "Type Address corrected in Decision if you corrected it, Other person if somebody else "
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
    "crowd: do": "Delete the rows that are no applications, type a word in Decision⟦, or let all in: "
    "`convene run --newcomers`⟧",
    # --- what needs a person: letters, answers and places ---
    "lacking yes": "said yes to an offer, and what the call requires of a yes is not there "
    "(offers.confirm_requires)",
    "unanswered offer": "a place was offered, and there was no answer by {until}",
    "unanswered offer: do": "Ask the person; then type Confirmed or Withdrawn in the Decision column",
    "quota missed": "{rule} has {count}, at least {bound} asked for",
    "quota missed: do": "No choice that is left does better. Invite somebody by a word in Decision, or "
    "lower the number",
    "probably one": "probably one under “{header}”: {names:named}. Each is counted by itself, and together they would "
    "be more than {most}",
    "probably one team": "probably one team under “{header}”: {names:named}. Each is taken for a team of its own",
    "probably one: do": "If it is one, name the others as its aliases under columns in config/call.yaml; else mark "
    "this as seen",
    "line of call": "config/call.yaml:{line}",
    "rule idle": "nobody answered {answers:named} to {header:quoted}, so that the rule counts nobody",
    "rule idle, where": "{title:quoted} fits nobody, so that the rule counts nobody",
    "rank idle": "no answer to {headers:named} is a number or a day, so that the rank orders nobody",
    "rule idle: do": "Correct the rule there, or mark this as seen",
    "answers awaited": {
        "one": "nobody hears about the places: {number} application waits for an answer to {headers:named}",
        "other": "nobody hears about the places: {number} applications wait for an answer to {headers:named}",
    },
    "answers awaited: do": "Fill in what is missing, or type what is to happen in the Decision column",
    "over capacity": "{filled} have a place, and there are {capacity}",
    "over capacity: do": "Nobody who was invited is displaced. Raise places.capacity in config/call.yaml, "
    "or ask who gives way",
    "torn team": "the team of {here} has places, and {gone} of it gave theirs up",
    "torn team: do": "Nothing is taken back. Decide whether the others come all the same; then mark this as seen",
    "team too large": "the team of {team} is larger than there can be by {rules}",
    "team too large: do": "It waits as long as that is so. Raise the number in config/call.yaml, "
    "or decide by a word in Decision",
    "the call": "the call",
    "value differs": "{name:quoted} is now {now:quoted}, and was {was:quoted}",
    "value gone": "{name:quoted} is there no more, and was {was:quoted}",
    "meeting cancelled": "the meeting is cancelled",
    "meeting goes on": "the meeting takes place after all",
    "told otherwise": "{difference}; told otherwise: {who}",
    "told otherwise: do": "Release the letters “{kind:kind}”, or change it back. Until then, or until you mark this as "
    "seen, these people get no reminder and the like",
    "meeting cancelled: do": "Release the letters “{kind:kind}”. Nothing else leaves while the call "
    "is cancelled",
    "no such letter: do": "Write to them yourself, or name a template for {kind} under messages in "
    "config/call.yaml",
    "choice not proved": "the choice is {method}",
    "choice not proved: do": "Give it more seconds with places.time_limit in config/call.yaml",
    "method fallback": "not proved to be the best: the time limit was reached",
    "method doubtful": "not proved to be the best: the solver's answer did not add up",
    "one of groups": "{names:or}",
    "answered group": "{question} {answers:named_or}",
    "titled group": "{title}, {name}",
    "another answer": "another {question}",
    "everybody but": "everybody but {names}",
    "not sent": "not sent, because {why}",
    "not sent: do": "The next run decides anew and writes another one",
    "letter unwritable": "the message “{kind:kind}” cannot be written with these answers",
    "letter unwritable: do": "⟦Run `convene check`; ⟧correct the answer or the template",
    "letter refused": "it was refused",
    "letter refused with": "it was refused: {reply}",
    "letter refused: do": "Remove the cause, then type Send again under Decision⟦ (or `convene resolve "
    "{reference} --send-again`)⟧; or reach the person another way, then type Delivered⟦ (or `convene resolve "
    "{reference} --delivered`)⟧; Withdrawn ends this notice, too",
    "copies of kind": "copies of “{kind:kind}” for organisers",
    "copies lost": {
        "one": "one was refused, or its answer was lost ({reply})",
        "other": "{number} were refused, or their answers were lost ({reply})",
    },
    "copies lost: do": "Look at `copy_to` in config/call.yaml; they are not sent again, so mark this as seen",
    "letter in doubt": "it may have been delivered, the answer was lost",
    "letter in doubt: do": "Ask the person, or look in the mail server's log; then type Delivered or Send "
    "again under Decision⟦ (or `convene resolve {reference} --delivered` or `--send-again`)⟧",
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
    "letters wait: do": "Type {code} beside “{control:control}”, or ok in the rows whose letters may leave⟦, or run "
    "`convene approve`⟧",
    "danger: do": "If it is right, type {code} beside “{control:control}”⟦, or run once with --force⟧",
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
    # --- the tab Convene: what stands beside the organisers' cells ---
    "neither, pause": "{text:short} is neither yes nor no. Nothing is sent until you type one of them.",
    "paused": "Nothing is sent until you type no.",
    "paused, waiting": {
        "one": "Nothing is sent until you type no. {number} e-mail waits.",
        "other": "Nothing is sent until you type no. {number} e-mails wait.",
    },
    "pause": "yes: Convene goes on deciding and showing, and sends nothing.",
    "neither, freeze": "{text:short} is neither yes nor no. It is taken as yes until you type one of them.",
    "promotion frozen": "Nobody gets a place that becomes free until you type no. Your words under "
    "Decision still count.",
    "freeze": "yes: places that become free are not offered to the waiting list.",
    "code followed": "{code} was followed. {then}",
    "code wrong": "{text:short} is not the code. {then}",
    "approve nothing": "Nothing waits for your approval.",
    "approve": "Type {code} to send what is proposed: {letters}.",
    "accept new machine": "Type {code} if Convene moved to another machine and runs nowhere else any more.",
    "accept nothing": "Nothing speaks against going on.",
    "accept": "Type {code} to go on all the same: {danger:brief}",
    "run now": "Anything new, such as 1, then 2: Convene runs at its next time.",
    "run now within": {
        "one": "Anything new, such as 1, then 2: Convene runs within {number} minute, or at its next time.",
        "other": "Anything new, such as 1, then 2: Convene runs within {number} minutes, or at its next "
        "time.",
    },
    "seen odd": "{text:short} is no code of a line below.",
    "seen unknown": "{text:short} is not the code of a line below, or not any more.",
    "seen": "Codes of lines below that you know of: they no longer count. Put a space between two codes.",
    # --- the tab Convene: its parts ---
    "day": "{on}",
    "moment": "{on}, {at}",
    "looked here": "Convene looked here last on {on}",
    "could not look": "Convene could not do its work on {on}",
    "nothing read": "Nothing was read yet.",
    "for tab": "{text:tab}",
    "nothing needs you": "Nothing needs you",
    "needs you": "What needs you ({number})",
    "head who or what": "Who or what",
    "head code": "Code",
    "head what": "What",
    "head what to do": "What to do",
    "head since": "Since",
    "the last run": "The last run",
    "code seen": "{code} (seen)",
    "coming": "Who is coming ({number})",
    "not coming": "Everybody else ({number})",
    "head name": "Name",
    "head status": "Status",
    "head category": "Category",
    "numbers": "Numbers",
    "head people": "People",
    "people by status": "People by status",
    "places by quota": "Places by quota",
    "head places": "Places",
    "head given": "Given or proposed",
    "head bound": "Set by the rules",
    "every place": "All places",
    "quota at least": "{name} (at least)",
    "quota at most": "{name} (at most)",
    "quota wished for": "{name} (wished for)",
    "responses a day": "Responses a day",
    "head day": "Day",
    "head responses": "Responses",
    "happened last": "What happened last",
    "nothing yet": "Nothing yet.",
    "run did": "{parts:sentence}",
    "rows updated": {
        "one": "{number} row of the sheet brought up to date",
        "other": "{number} rows of the sheet brought up to date",
    },
    "run not finished": "not finished: {said:bare}",
    "run looked": "looked through the responses",
    "sent letters": "sent: {letters}",
    "became deferred": "{number} put off by the mail server",
    "became refused": "{number} refused by the mail server",
    "became in doubt": "{number} in doubt",
    "became held": "{number} not sent, because something changed",
    "became cancelled": "{number} called off",
    "happens next": "What happens next",
    "waiting now": "Waiting",
    "every day at": "Every day at {times}",
    "reads and does": "Convene reads the responses and does what is due.",
    "call opens": "The call opens.",
    "last moment": "The last moment to apply in time.",
    "reply asked": "Invited people are asked to answer until then.",
    "meeting begins": "The meeting begins. No place is given by rank any more.",
    "meeting ends": "The meeting ends.",
    "people erased": "What Convene holds of people is erased.",
    "decisions wait": "From now on, decisions wait for your approval, and are sent once you give it.",
    "decisions sent": "From now on, decisions are sent to applicants.",
    "decisions sent, some wait": "From now on, decisions are sent to applicants. Some wait for your "
    "approval first.",
    # --- letters, counted ---
    "listed": "{items}",
    "count invitation": {
        "one": "{number} invitation",
        "other": "{number} invitations",
    },
    "count not_selected": {
        "one": "{number} rejection",
        "other": "{number} rejections",
    },
    "count received": {
        "one": "{number} acknowledgement",
        "other": "{number} acknowledgements",
    },
    "count letters": {
        "one": "{number} letter “{kind:lower}”",
        "other": "{number} letters “{kind:lower}”",
    },
    # --- letters that wait for a later run ---
    "messages wait": {
        "one": "{number} message waits: {why}.",
        "other": "{number} messages wait: {why}.",
    },
    "wait put off": "{number} put off by the mail server",
    "wait stopped": "{number} because sending stopped",
    "wait held": "{number} because the sheet changed meanwhile",
    "wait day": "{number} for the day's limit (messages_per_day)",
    "wait asked": "{number} for --limit",
    "wait paused": "{number} because of Pause in the tab Convene",
    "wait settling": "{number} in case a word in Decision is changed (settle_minutes)",
    "wait, in short": "{why}.",
    "wait again": "{waits} The next attempt is due on {day} at {time}.",
    # --- dangers ---
    "sheet emptied": "{title}: it has no response; at the last run it had {before}. See whether this is "
    "the right tab: name the tab that the form writes to as sheet.tab in config/service.yaml, or bring the "
    "rows back.",
    "rows vanished": {
        "one": "The sheet has {number} row; it had {before} at the last run.",
        "other": "The sheet has {number} rows; it had {before} at the last run.",
    },
    "answers altered": {
        "one": "Answers in {columns:named} changed in {number} row, as if columns had been sorted by "
        "themselves or a block pasted over. Undo that⟦; if you corrected them, run once with --force⟧.",
        "other": "Answers in {columns:named} changed in {number} rows, as if columns had been sorted by "
        "themselves or a block pasted over. Undo that⟦; if you corrected them, run once with --force⟧.",
    },
    "keys taken": {
        "one": "{number} row have the {columns:named_or} of another response, as if columns had been "
        "sorted by themselves or a block pasted over. Undo that.",
        "other": "{number} rows have the {columns:named_or} of another response, as if columns had been "
        "sorted by themselves or a block pasted over. Undo that.",
    },
    "event over": {
        "one": "The event ended on {on}, and {number} message would go out.",
        "other": "The event ended on {on}, and {number} messages would go out.",
    },
    "too much mail": {
        "one": "{number} message would go out; limits.messages_per_run in config/service.yaml allows {most}.",
        "other": "{number} messages would go out; limits.messages_per_run in config/service.yaml allows "
        "{most}.",
    },
    "rehearsal mails": "--as-of sets a made-up date, and mail would really go out through {host}.",
    "ledger behind": "{title}: {why}. Restore the newer ledger (the whole folder state/)⟦, or see what "
    "`convene adopt` would take over⟧.",
    "rows unknown": {
        "one": "{number} row shows a reference, a status or a message that this ledger knows nothing of",
        "other": "{number} rows show a reference, a status or a message that this ledger knows nothing of",
    },
    "rows of another ledger": {
        "one": "{number} row shows a reference, a status or a message of another ledger, which wrote here "
        "in its run {run}",
        "other": "{number} rows show a reference, a status or a message of another ledger, which wrote "
        "here in its run {run}",
    },
    "another ledger sending": "another ledger was sending in its run {run}, and has not shown here what it "
    "sent",
    "later run wrote": "run {run} of this ledger wrote here, and the file knows of {known} only",
    "time is over": "the day until which it is true has passed",
    "not as planned": "it is not what was planned and released",
    # --- notices to organisers ---
    "needs, in a notice": "{where_and_what:beginning}. {advice:tab}",
    "named": "{what}: {names}",
    "people to review": {
        "one": "{number} person to review",
        "other": "{number} people to review",
    },
    "rows to check": {
        "one": "{number} row to check",
        "other": "{number} rows to check",
    },
    "words not understood": {
        "one": "{number} word under Decision that is not understood",
        "other": "{number} words under Decision that are not understood",
    },
    "letters in doubt": {
        "one": "{number} letter that may not have arrived",
        "other": "{number} letters that may not have arrived",
    },
    "letters refused": {
        "one": "{number} letter that was refused",
        "other": "{number} letters that were refused",
    },
    "offers unanswered": {
        "one": "{number} offer that nobody answered in time",
        "other": "{number} offers that nobody answered in time",
    },
    "part needs you": "Needs you",
    "part ends tomorrow": "Ends tomorrow",
    "part decided": "Decided",
    "part sent": "Sent",
    "part waits": "Waits for a later run",
    "part unfinished": "The run did not finish",
    "part what to do": "What to do",
    "decided Offered": "{number} offered a place",
    "decided Waiting list": "{number} put on the waiting list",
    "decided Not selected": "{number} not selected",
    "decided Ineligible": "{number} not in the target audience",
    "decided Confirmed": "{number} confirmed",
    "decided Withdrawn": "{number} withdrawn",
    "decided Expired": "{number} expired",
    "decided No show": "{number} did not come",
    "decided Cancelled": "{number} whose invitation was taken back",
    "decided otherwise": "{number} {status}",
    "sent of kind": "{number} × {kind:lower}",
    "offers to answer": {
        "one": "{number} offer to be answered by {until}: {names}",
        "other": "{number} offers to be answered by {until}: {names}",
    },
    "headline": "{parts:commas}",
    "letters sent": {
        "one": "{number} letter sent",
        "other": "{number} letters sent",
    },
    "people decided": "{number} decided",
    "things need you": {
        "one": "{number} thing needs you",
        "other": "{number} things need you",
    },
    "offers end": {
        "one": "{number} offer ends tomorrow",
        "other": "{number} offers end tomorrow",
    },
    "run unfinished": "The run did not finish",
    "could not run": "Convene could not run",
    "digest foot": "You get this after a run with something to say, as your address stands in "
    "config/service.yaml.",
    "alert foot": "You get this once a day for one cause, until it is mended, as your address stands in "
    "config/service.yaml.",
    "open sheet": "Open the sheet",
    "sheet at": "The sheet: {link}",
    "subject": "{headline} ({title})",
    # --- why a run failed: what a command says stands behind it in English ---
    "failed ConfigError": "{said}",
    "failed HeaderError": "{said}",
    "failed SheetError": "{said}",
    "failed SheetBusy": "{said}",
    "failed LedgerError": "{said}",
    "failed StateError": "{said}",
    "failed StaleLedger": "{said}",
    "failed MailUnavailable": "{said}",
    "failed MailRejectsUs": "{said}",
    "failed TooManyDoubts": "{said}",
    "failed TemplateError": "{said}",
    "failed UnsafePlan": "{said}",
    "failed StopRequested": "{said}",
    "failed otherwise": "{said}",
    # --- notices: people ---
    "reference in row": "{reference} (row\u00a0{row})",
    # --- replies of invited people ---
    "idle replies": {
        "one": "{number} reply that decides nothing without you",
        "other": "{number} replies that decide nothing without you",
    },
    # --- notes beside headers and cells of the responses ---
    "note: own column": "Convene writes this column. What you type here is overwritten; use {columns}.",
    "note: decision": "For the organisers: {words:or}. It beats the rules and the ranking; leave it empty "
    "to let them decide.",
    "note: organisers": "For the organisers: write here what you like. Convene never changes it.",
    "note: other word, title": "Not a decision",
    "note: other word": "Convene knows the words of the list, also with a comment, and asks about "
    "others. Keep what you typed?",
    # --- what needs a person: replies to offers, and letters that came too late ---
    "reply early": "answered by the reply form before the place was offered, as its time stamp says: "
    "nothing was decided by it",
    "reply idle": "said yes by the reply form, and no place is offered: nothing was decided by it",
    "reply idle: do": "Ask the person, or type in the Decision column what is to happen",
    "reply of wrong address": "a reply bears this reference and another address: it does not count",
    "reply of wrong reference": "a reply comes from this address and bears another reference: it does not "
    "count",
    "reply neither": "the newest reply says neither yes nor no",
    "reply both": "replies of the same time say yes and no",
    "reply without time": "a reply bears no time that can be read, or one that has not come yet: it does "
    "not count",
    "reply of stranger": "a reply bears neither the reference nor the address of anybody in the responses",
    "reply in row": "{what} (row {row} of the tab “{tab}”)",
    "reply: do": "Ask the person, then type Confirmed or Withdrawn in the Decision column",
    "reply of stranger: do": "If you know whose it is, type Confirmed or Withdrawn in that person's row; "
    "delete what is nobody's",
    "rows of tab": {
        "one": "tab “{tab}”, row {rows}",
        "other": "tab “{tab}”, rows {rows}",
    },
    "no reply tab": "there is no tab “{tab}” with the replies: no reply counts in this run, and no offer "
    "lapses",
    "no reply tab: do": "Give the tab its name back, or correct replies.tab in config/call.yaml",
    "reply columns": "{faults}: no reply counts in this run, and no offer lapses",
    "no column headed": "no column is headed “{header}”",
    "several columns headed": "more than one column is headed “{header}”",
    "reply columns: do": "Put the header back, or correct it under replies in config/call.yaml",
    "message of kind": "message “{kind}”",
    "letters missed": {
        "one": "{number} letter did not leave by {until}; now of no use",
        "other": "{number} letters did not leave by {until}; now of no use",
    },
    "letters missed: do": "Nothing is sent any more; write to these people yourself if they miss something",
    # --- which column may be meant ---
    "full stop": "{text:sentence}",
    "too few columns": {
        "one": "“{name}” heads {number} column, and config/call.yaml asks for more of them: “header” is "
        "one, each of “branches” another, “nth” counts them",
        "other": "“{name}” heads {number} columns, and config/call.yaml asks for more of them: “header” is "
        "one, each of “branches” another, “nth” counts them",
    },
    "column perhaps renamed": "“{header}” may be the column “{name}”, renamed",
    "column by its content": "“{header}” may be the column “{name}”, by what stands in it",
    # --- what speaks against this machine ---
    "unwitnessed": {
        "one": "This ledger has sent {number} letter, and nothing on this machine witnessed it: it may be "
        "an old copy, or another machine goes on with it. {begin}, put the newest copy of the whole folder "
        "here.",
        "other": "This ledger has sent {number} letters, and nothing on this machine witnessed it: it may "
        "be an old copy, or another machine goes on with it. {begin}, put the newest copy of the whole "
        "folder here.",
    },
    "another ledger here": {
        "one": "Another ledger sent {number} letter of this call from this folder, and this one begins as "
        "if nothing had been sent. {begin}, put the folder state/ back.",
        "other": "Another ledger sent {number} letters of this call from this folder, and this one begins "
        "as if nothing had been sent. {begin}, put the folder state/ back.",
    },
    "first run here": "If that is right, say so once⟦: `convene run --first-run-here`⟧. If not",
    "first run here, by code": "If that is right, say so once: ⟦`convene run --first-run-here`, or ⟧type "
    "{code} beside “{control:control}”. If not",
    "ledger is an old copy": {
        "one": "This ledger is an old copy: it knows of {number} letter, and {sent} were sent by run "
        "{run}. Put the newest copy of the whole folder back⟦, or see what `convene adopt` would take over⟧.",
        "other": "This ledger is an old copy: it knows of {number} letters, and {sent} were sent by run "
        "{run}. Put the newest copy of the whole folder back⟦, or see what `convene adopt` would take over⟧.",
    },
    "folder is a copy": "This folder is a second copy: the same ledger sends from {folder}, which is still "
    "there. Run Convene there. To go on here for good, delete that folder⟦, or use `convene adopt --yes`⟧.",
}
