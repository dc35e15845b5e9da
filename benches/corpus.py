#!/usr/bin/env python3
"""Writes a publication of N long-form pieces, the same for every generator that is compared.

    benches/corpus.py --n 1000 --layout sowhat|hugo|zola --out DIR

Piece i depends on (seed, i) and on nothing else, so the first 1,000 pieces of 10,000 are the corpus
of 1,000. The body is the same in every layout, but for what the generators spell differently: how a
link to another piece is written, and where the sources of citations stand. Each piece carries a
whole brief, so that it passes Sowhat's gate; the other two get the same values for their templates.
Standard library only, and of `random` only `random()`, whose sequence is the same in all versions.
"""

import argparse
import datetime
import json
import pathlib
import random

SEED = 20
LAYOUTS = ("sowhat", "hugo", "zola")

# --- the words -----------------------------------------------------------------------------------

AUDIENCES = {
    "plant-controllers": ("Plant controller", "food and packaging plants with fewer than 800 staff"),
    "category-buyers": ("Category buyer", "hospital groups that buy through frame contracts"),
    "fleet-managers": ("Fleet manager", "municipal utilities that renew vans every sixth year"),
    "claims-directors": ("Claims director", "property insurers with a run-off portfolio"),
    "grid-planners": ("Grid planner", "regional network operators with a queue of connections"),
    "clinic-owners": ("Clinic owner", "dental chains of five to forty practices"),
}

TOPICS = ["Tender design", "Cost of delay", "Spare parts", "Heat recovery", "Claims handling", "Grid queues", "Shift planning",
          "Supplier audits", "Cash conversion", "Data contracts", "Service levels", "Field sales", "Price lists", "Refurbishment",
          "Apprentices", "Cold chain", "Water reuse", "Forecasting", "Contract renewal", "Asset registers", "Product recalls",
          "Site selection", "Energy hedging", "Customer exits"]

GIVEN = ["Adaeze", "Bruno", "Chiara", "Dmitri", "Elif", "Fergus", "Greta", "Hiroshi"]
FAMILY = ["Almgren", "Baptiste", "Corrigan", "Dvorak", "Ekholm"]
PEOPLE = [f"{given} {family}" for family in FAMILY for given in GIVEN]
FIELDS = ["maintenance contracts", "frame agreements", "reserve estimates", "network charges", "practice valuation", "plant accounting"]

WORDS = {
    "actor": ["the controller", "a buyer in her second year", "the depot", "the claims desk", "the planning office", "a supplier with two sites",
              "the night shift", "the finance team", "an outside auditor", "the regional office", "the workshop", "a new practice manager"],
    "actors": ["controllers", "buyers", "depots", "claims handlers", "planners", "suppliers", "shift leaders", "auditors", "workshops", "owners"],
    "thing": ["price list", "spare-parts store", "frame contract", "ledger of orders", "connection queue", "claims reserve", "maintenance plan",
              "delivery window", "plant register", "cold store", "billing run", "tender file", "service report", "boiler log", "roster"],
    "things": ["invoices", "orders", "claims", "work orders", "meters", "pallets", "contracts", "inspections", "quotes", "repairs", "returns"],
    "quality": ["late", "disputed", "short", "stale", "double-booked", "patchy", "half empty", "blank", "well kept", "plain"],
    "deed": ["repriced", "counted", "put off", "written down", "handed over", "split in two", "cancelled", "measured twice", "left alone"],
    "place": ["in Tampere", "on the Ghent line", "near Győr", "in the Basque plants", "at the Malmö depot", "in three Ontario towns",
              "across the Po valley", "in Łódź", "at two sites in Cork"],
    "when": ["in the first quarter", "after the spring audit", "within ninety days", "by the second billing run", "over two winters",
             "before the tender closed", "in the week of the stocktake", "since the index was changed"],
    "unit": ["days", "working hours", "site visits", "purchase orders", "pallets", "complaints", "contract pages"],
    "turn": ["That is the whole difference.", "Nobody had asked.", "The order matters.", "It costs an afternoon.", "The rest is habit.",
             "Few keep that record.", "It rarely survives a reorganisation."],
}

SENTENCES = [
    "When {actor} looked at the {thing} {when}, {n} of {m} {things} turned out to be {quality}.",
    "{Actors} tend to watch the {thing}, although the money leaves through the {thing}.",
    "The {thing} was {deed} {place}, and {actor} spent {n} {unit} less on it {when}.",
    "A {thing} that nobody owns is {quality} before anybody notices.",
    "{Actors} who count {things} by hand find the {thing} {quality}; those who trust the {thing} do not.",
    "What {actor} calls a {thing} is, {place}, a list of {things} that were {deed} {when}.",
    "It took {n} {unit} to learn that the {thing} and the {thing} describe the same {things}.",
    "Of {m} {things} we followed {place}, {n} were {deed} and {k} came back {quality}.",
    "{turn}",
    "The contract says *{things}*, the {thing} says *{things}*, and {actor} pays for both.",
    "A {quality} {thing} is not a fault of {actors}: it is what the {thing} rewards.",
    "Once the {thing} was {deed}, {actors} stopped asking for a second {thing}.",
    "\"We had {n} {things} open and one {thing},\" said {actor}. \"We kept the wrong one.\"",
    "The gain is small per case (about {k} {unit}), but the {thing} holds {m} of them.",
    "Where the {thing} is read weekly, {things} are {deed} early; where it is read yearly, they are {quality}.",
    "**Count before you negotiate**: a {thing} {quality} by {k} per cent moves the price more than {actor} can.",
    "{Actors} {place} run the check as `{code}` and post the result beside the {thing}.",
    "Neither the {thing} nor the {thing} is wrong — they are {quality} at different times.",
    "If {actor} can name the {thing}, ask for the date; if not, the {things} are already {deed}.",
    "The same {things} were {deed} {place} {when}, with {k} {unit} to spare.",
]

HEADINGS = ["What the {thing} hides", "Who pays for a {quality} {thing}", "Counting {things} before the talks", "How {actors} read the {thing}",
            "One {thing}, two owners", "The first ninety days", "Where the {unit} go", "What was {deed}, and why", "A test for any {thing}",
            "Before the next {thing}", "What {actors} tried first", "The price of waiting"]

TITLES = ["Own the {thing} before the {thing} owns you", "Why {actors} keep a {quality} {thing}", "Count the {things}, then price the {thing}",
          "The {thing} is where {things} go missing", "What {actors} learn from a {quality} {thing}", "Stop paying twice for {things}",
          "One owner for the {thing}", "The {thing} decides which {things} are {deed}"]

GUIDANCE = [
    ("List the {n} {things} that were {deed} last, with the date of each", "{Actor} with the finance team", "the end of this month",
     "each line names one owner and one date", "a list with dates ends the argument about whose figures count"),
    ("Take one page out of the {thing} and give it to one named person", "{Actor}", "the next quarterly review",
     "that person has signed the page", "two owners is how a {thing} gets {quality}"),
    ("Ask the three largest suppliers for their own count of {things}", "{Actor}", "30 September",
     "three counts stand side by side on one sheet", "the gap between the counts is what you are paying for"),
    ("Cancel the standing order for every part with fewer than {k} uses a year", "The workshop lead", "the next stocktake",
     "the store report shows no such part on order", "parts that are never used still have to be counted"),
    ("Write the date of the last check on the first line of the {thing}", "{Actor}", "Friday of next week",
     "the line shows a date younger than 30 days", "readers trust what shows its age"),
]

LANGUAGES = [
    ("python", "from collections import Counter\n\ndef overdue(rows, limit=%d):\n    \"\"\"Counts what is past its date, by owner.\"\"\"\n"
               "    late = [row for row in rows if row[\"days\"] > limit]\n    return Counter(row[\"owner\"] for row in late).most_common(5)\n"),
    ("sql", "select owner, count(*) as open_lines, sum(amount) as exposed\nfrom register\nwhere checked_on < current_date - interval '%d days'\n"
            "group by owner\nhaving sum(amount) > 1000\norder by exposed desc;\n"),
    ("rust", "/// The share of lines that somebody owns.\nfn owned(lines: &[Line]) -> f64 {\n    let owned = lines.iter().filter(|line| line.owner.is_some());\n"
             "    owned.count() as f64 / lines.len().max(%d) as f64\n}\n"),
    ("javascript", "export function windowOf(visits, days = %d) {\n  const since = Date.now() - days * 86_400_000;\n"
                   "  return visits.filter(({ at, kind }) => at > since && kind !== \"planned\");\n}\n"),
    ("yaml", "check:\n  name: register-age\n  every: 1d\n  limit: %d\n  owners:\n    - workshop\n    - finance # signs the total\n"),
    ("bash", "for depot in tampere ghent cork; do\n  count=$(grep -c ',open,' \"register-$depot.csv\")\n"
             "  [ \"$count\" -gt %d ] && echo \"$depot: $count open\" >&2\ndone\n"),
    ("json", "{\n  \"contract\": \"frame-%d\",\n  \"index\": null,\n  \"bands\": [0.02, 0.05, 0.08],\n  \"renewal\": { \"months\": 24, \"silent\": false }\n}\n"),
]

PUBLISHERS = ["Institute of Plant Accounting", "Nordic Fleet Survey", "Claims Bench", "Chamber of Regional Networks", "Practice Owners' Panel"]

# --- one piece -----------------------------------------------------------------------------------


class Dice:
    """Draws from `random()` alone."""

    def __init__(self, *key):
        self.random = random.Random("/".join(map(str, key))).random

    def below(self, n):
        return int(self.random() * n)

    def pick(self, items):
        return items[self.below(len(items))]

    def some(self, items, n):
        left, taken = list(items), []
        while len(taken) < n:
            taken.append(left.pop(self.below(len(left))))
        return taken

    def chance(self, p):
        return self.random() < p

    def fill(self, pattern):
        """Fills every `{slot}` with a fresh word; `{Slot}` gets a capital."""
        out, rest = [], pattern
        while "{" in rest:
            before, _, rest = rest.partition("{")
            slot, _, rest = rest.partition("}")
            out += [before, self.slot(slot)]
        return "".join(out + [rest])

    def slot(self, name):
        low = name.lower()
        if low in ("n", "m", "k"):
            return str({"n": 3 + self.below(28), "m": 40 + self.below(260), "k": 2 + self.below(8)}[low])
        if low == "code":
            return f"register --older-than {7 + self.below(60)}"
        word = self.pick(WORDS[low])
        return word[0].upper() + word[1:] if name != low else word


def slug(text):
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower())
    return "-".join(kept.split())


def title_of(i):
    return Dice(SEED, "title", i).fill(Dice(SEED, "form", i).pick(TITLES))


def slug_of(i):
    return f"{slug(title_of(i))}-{i}"


def date_of(i):
    """Spread over eleven years in no order, no two alike, whatever the number of pieces."""
    minutes = (i * 7919) % 100003 * 58
    return datetime.datetime(2015, 1, 5, 7, 0) + datetime.timedelta(minutes=minutes)


class Piece:
    """A piece with its brief and its body; links and notes are left to the layout."""

    def __init__(self, i):
        self.i, self.dice = i, Dice(SEED, "piece", i)
        dice = self.dice
        self.title, self.slug, self.date = title_of(i), slug_of(i), date_of(i)
        self.description = dice.fill("How {actors} found that a {quality} {thing} costs {n} {unit}, and what they changed {when}.")
        self.authors = dice.some(PEOPLE, 1 + dice.below(3))
        self.topics = dice.some(TOPICS, 2 + dice.below(3))
        self.audience = dice.pick(list(AUDIENCES))
        self.change = dice.fill("{Actors} ask for the date of the last check before they renew the {thing}")
        self.metric, self.target = dice.fill("renewals with a dated {thing}"), 10 + dice.below(60)
        self.so_what = dice.fill("Firms that renew a {thing} without counting their {things} pay about {k} per cent for {things} that never arrive.")
        self.guidance = [[dice.fill(part) for part in item] for item in dice.some(GUIDANCE, 3)]
        self.sources = [self.source(n) for n in range(2 + dice.below(2))]
        self.notes, self.body = [], []
        self.write()

    def source(self, n):
        dice, year = self.dice, 2012 + self.dice.below(3)
        publisher = dice.pick(PUBLISHERS)
        return {"id": f"{slug(publisher)[:12].strip('-')}-{year}-{n}", "title": dice.fill("Survey of {things} and the {thing}"),
                "publisher": publisher, "date": f"{year}-0{1 + dice.below(9)}", "url": f"https://library.example.net/{year}/{dice.below(9000)}",
                "sample": 120 + dice.below(2000), "population": dice.fill("{actors} {place}"), "fielded": f"{year - 1}-1{dice.below(3)}"}

    def prose(self, n):
        return [self.dice.fill(self.dice.pick(SENTENCES)) for _ in range(n)]

    def paragraph(self, n):
        """`n` sentences; now and then one that links, cites or carries a note."""
        dice, sentences = self.dice, self.prose(n)
        if self.i and dice.chance(.22):
            other = dice.below(self.i)
            sentences.insert(1, f"We took that case apart in [{title_of(other)}]({{link:{slug_of(other)}}}).")
        if dice.chance(.06):
            sentences.append(f"The figures are kept [by the registry](https://registry.example.org/t/{dice.below(900)}?from=2014&by=site).")
        if dice.chance(.16):
            sentences[-1] += f"[^{dice.pick(self.sources)['id']}]"
        if self.i % 3 == 0 and len(self.notes) < 4 and dice.chance(.3):
            self.notes.append(" ".join(self.prose(1 + dice.below(2))))
            sentences[0] += f"[^note-{len(self.notes)}]"
        self.body.append(" ".join(sentences))

    def write(self):
        dice = self.dice
        self.body.append(" ".join(self.prose(3)) + f" {{marker}} {self.prose(1)[0]}")
        self.paragraph(4)
        for section in range(4 + dice.below(3)):
            self.body.append(f"## {dice.fill(dice.pick(HEADINGS))}")
            self.paragraph(4 + dice.below(2))
            self.special(dice.below(7))
            if section == 1 and self.i % 3 == 1:
                self.body.append(self.table())
            if section in (2, 4) and self.i % 5 == 2:
                self.body.append(self.code())
            self.paragraph(3 + dice.below(3))
        for source in self.sources:
            # A source that is listed and never cited is a finding.
            if f"[^{source['id']}]" not in "\n".join(self.body):
                self.body[1] += f" {self.prose(1)[0]}[^{source['id']}]"

    def special(self, kind):
        dice = self.dice
        if kind == 0:
            self.body.append("\n".join(f"- **{dice.fill('{Actors}')}.** {self.prose(1)[0]}" for _ in range(3 + dice.below(2))))
        elif kind == 1:
            self.body.append("\n".join(f"{n + 1}. {self.prose(1)[0]}" for n in range(3 + dice.below(2))))
        elif kind == 2:
            self.body.append(f"### {dice.fill(dice.pick(HEADINGS))}")
            self.paragraph(3)
        elif kind == 3:
            self.body.append("> " + " ".join(self.prose(2)))

    def table(self):
        dice = self.dice
        row = lambda: f"| {dice.fill('{Actors}')} {dice.fill('{place}')} | {dice.fill('{m}')} | {dice.fill('{n}')} % | {dice.fill('{quality}')} |"
        return "\n".join(["| Who | Lines | Past date | State |", "| :-- | --: | --: | --- |"] + [row() for _ in range(4 + dice.below(5))])

    def code(self):
        """Two of three blocks are word for word the same as elsewhere, as in a publication with house examples."""
        language, text = self.dice.pick(LANGUAGES)
        return f"```{language}\n{text % (30 if self.dice.chance(.67) else self.dice.below(400))}```"


# --- the layouts ---------------------------------------------------------------------------------

quoted = lambda text: json.dumps(text, ensure_ascii=False)  # a string in YAML, TOML and JSON alike
quoted_list = lambda texts: "[" + ", ".join(map(quoted, texts)) + "]"


def body_of(piece, link, with_sources):
    parts = [part.replace("{marker}", "This piece was last checked under mark q0.") for part in piece.body]
    parts += [f"[^note-{n + 1}]: {note}" for n, note in enumerate(piece.notes)]
    if with_sources:
        text = "\n".join(parts)
        cited = [source for source in piece.sources if f"[^{source['id']}]" in text]
        parts += [f"[^{source['id']}]: {source['title']}. {source['publisher']}, {source['date']}. <{source['url']}>" for source in cited]
    text = "\n\n".join(parts) + "\n"
    while "{link:" in text:
        before, _, rest = text.partition("{link:")
        target, _, after = rest.partition("}")
        text = before + link(target) + after
    return text


def brief_in_yaml(piece, indent=""):
    lines = ["objective:", "  outcome: strengthen-position", f"  change: {quoted(piece.change)}",
             f"  measure: {{ metric: {quoted(piece.metric)}, target: {piece.target}, by: 2027-03-31 }}", f"so_what: {quoted(piece.so_what)}", "guidance:"]
    for deed, who, by, done_when, because in piece.guidance:
        lines += [f"  - do: {quoted(deed)}", f"    who: {quoted(who)}", f"    by: {quoted(by)}", f"    done_when: {quoted(done_when)}",
                  f"    because: {quoted(because)}"]
    return "".join(f"{indent}{line}\n" for line in lines)


def sowhat(piece):
    sources = "".join(f"  {s['id']}: {{ title: {quoted(s['title'])}, publisher: {quoted(s['publisher'])}, date: {s['date']}, url: {quoted(s['url'])}, "
                      f"sample: {s['sample']}, population: {quoted(s['population'])}, fielded: {s['fielded']}, access: open }}\n" for s in piece.sources)
    head = (f"title: {quoted(piece.title)}\ndescription: {quoted(piece.description)}\ndate: {piece.date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"authors: {quoted_list(map(slug, piece.authors))}\naudience: {piece.audience}\n{brief_in_yaml(piece)}"
            f"topics: {quoted_list(piece.topics)}\nsources:\n{sources}")
    return f"---\n{head}---\n\n" + body_of(piece, lambda target: f"{target}.md", with_sources=False)


def hugo(piece):
    head = (f"title: {quoted(piece.title)}\ndescription: {quoted(piece.description)}\ndate: {piece.date:%Y-%m-%dT%H:%M:%SZ}\n"
            f"authors: {quoted_list(piece.authors)}\ntopics: {quoted_list(piece.topics)}\nparams:\n"
            f"  audience: {quoted(audience_line(piece.audience))}\n{brief_in_yaml(piece, '  ')}")
    return f"---\n{head}---\n\n" + body_of(piece, lambda target: f"/insights/{target}/", with_sources=True)


def zola(piece):
    guidance = "".join("{ " + ", ".join(f"{key} = {quoted(text)}" for key, text in zip(("do", "who", "by", "done_when", "because"), item)) + " }, "
                       for item in piece.guidance)
    head = (f"title = {quoted(piece.title)}\ndescription = {quoted(piece.description)}\ndate = {piece.date:%Y-%m-%dT%H:%M:%SZ}\n\n"
            f"[taxonomies]\nauthors = {quoted_list(piece.authors)}\ntopics = {quoted_list(piece.topics)}\n\n"
            f"[extra]\naudience = {quoted(audience_line(piece.audience))}\nso_what = {quoted(piece.so_what)}\nguidance = [{guidance}]\n"
            f"objective = {{ outcome = \"strengthen-position\", change = {quoted(piece.change)}, "
            f"measure = {{ metric = {quoted(piece.metric)}, target = {piece.target}, by = 2027-03-31 }} }}\n")
    return f"+++\n{head}+++\n\n" + body_of(piece, lambda target: f"/insights/{target}/", with_sources=True)


def audience_line(audience):
    role, at = AUDIENCES[audience]
    return f"{role} at {at}"


def person(n):
    """What is known of a person: name, role, fields, one paragraph."""
    dice = Dice(SEED, "person", n)
    fields = dice.some(FIELDS, 2)
    return {"name": PEOPLE[n], "role": f"Adviser on {fields[0]}", "fields": fields, "bio": " ".join(dice.fill(dice.pick(SENTENCES)) for _ in range(4))}


def people(layout, out):
    known = [person(n) for n in range(len(PEOPLE))]
    if layout == "sowhat":
        for one in known:
            text = (f"---\nkind: person\ntitle: {quoted(one['name'])}\nrole: {quoted(one['role'])}\nexpertise: {quoted_list(one['fields'])}\n---\n\n"
                    f"{one['bio']}\n")
            put(out / "content/people" / f"{slug(one['name'])}.md", text)
    elif layout == "hugo":
        put(out / "data/people.json", json.dumps({one["name"]: one for one in known}, ensure_ascii=False, indent=1))
    else:
        tables = (f"\n[extra.people.{quoted(one['name'])}]\nrole = {quoted(one['role'])}\nfields = {quoted_list(one['fields'])}\nbio = {quoted(one['bio'])}\n"
                  for one in known)
        with open(out / "config.toml", "a", encoding="utf-8", newline="\n") as config:
            config.writelines(tables)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write(layout, n, out):
    """Adds the corpus to a folder that already holds the generator's configuration and templates."""
    text_of = {"sowhat": sowhat, "hugo": hugo, "zola": zola}[layout]
    words = 0
    for i in range(n):
        text = text_of(Piece(i))
        words += len(text.split("---\n" if layout != "zola" else "+++\n", 2)[2].split())
        put(out / "content/insights" / f"{slug_of(i)}.md", text)
    people(layout, out)
    return words


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, required=True, help="how many pieces")
    parser.add_argument("--layout", choices=LAYOUTS, default="sowhat")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    words = write(args.layout, args.n, args.out)
    print(f"{args.n} pieces, {words / max(args.n, 1):.0f} words on average")


if __name__ == "__main__":
    main()
