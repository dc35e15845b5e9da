//! A small site with something of everything, and the means to run a site to its last byte.

use rayon::prelude::*;
use sowhat::base::date::Date;
use sowhat::base::diagnostic::{self, Diagnostic};
use sowhat::base::path::OutputPath;
use sowhat::base::sources::Sources;
use sowhat::pipeline::{Failure, Options, Outcome, Session, Silent};
use sowhat::report::{Format, Report, Style};
use sowhat::world::World;
use sowhat::world::memory::MemoryWorld;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The day on which every test takes place.
pub const TODAY: &str = "2026-11-22";

pub const SITE_TOML: &str = r#"title = "Northbank"
description = "What we tell clients, in writing."
base_url = "https://northbank.example/insights/"
language = "en-GB"
paginate_by = 2
publisher = { name = "Northbank", url = "https://northbank.example/" }

[audiences.cfo]
role = "CFO"
at = "professional-services firms with 50 to 500 people"
situation = "renewing contracts while wages outrun fees"

[audiences.buyers]
role = "Head of procurement"
at = "regional hospitals"
situation = "choosing between three bids"

[series.pricing]
title = "Pricing without hours"

[[nav]]
title = "Essays"
url = "/essays/"
"#;

/// The files of the rich site besides its configuration.
pub const FILES: &[(&str, &str)] = &[
    ("content/_index.md", "---\ntitle: Northbank\n---\n\nWhat we tell clients.\n"),
    ("content/about.md", "---\nkind: page\ntitle: About\n---\n\nSee [the essays](essays/_index.md) and [Ada](people/ada.md#work).\n"),
    ("content/essays/_index.md", "---\ntitle: Essays\ndescription: All of them.\n---\n"),
    ("content/essays/one.md", ONE),
    ("content/essays/two/index.md", TWO),
    ("content/essays/two/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>\n"),
    ("content/essays/two/sheet.csv", "a,b\n1,2\n"),
    ("content/essays/2026-03-04-three.md", THREE),
    ("content/essays/four.md", FOUR),
    ("content/people/_index.md", "---\ntitle: People\ndefaults: {kind: person}\n---\n"),
    ("content/people/ada.md", "---\ntitle: Ada Byron\nrole: Partner\nexpertise: [pricing]\n---\n\n## Work\n\nShe prices things.\n"),
    ("content/people/ben.md", "---\ntitle: Ben Okri\nrole: Editor\n---\n\nHe edits.\n"),
    ("static/logo.txt", "logo\n"),
    ("static/css/extra.css", "p { color: red }\n"),
];

pub const ONE: &str = "---
title: Price the outcome
description: Why hours are the wrong unit.
date: 2026-10-02
authors: [ada]
audience: cfo
objective: { outcome: accelerate-growth, change: Finance leaders ask for an outcome quote }
so_what: Firms that sell hours pay for their clients' automation.
guidance:
  - do: Re-quote your three largest renewals by outcome
    by: the next renewal round
topics: [pricing, Contracts]
series: { id: pricing, part: 1 }
aliases: [/old/price/]
sources:
  survey: { title: A survey, publisher: Someone, date: 2024-03, url: https://example.org/survey }
---

Hours are a cost.[^survey] See [part two](two/index.md#the-second-part) and [the sheet](two/sheet.csv).[^n]

## The first part

:::callout{title=\"Note\"}
A **callout** with [a link](four.md).
:::

```rust
fn main() {}
```

[^n]: A footnote.
";

pub const TWO: &str = "---
title: Sell the second part
description: How to price a renewal.
date: 2026-11-02
updated: 2026-11-20
authors: [ada, ben]
audience: [cfo, buyers]
objective: { outcome: build-reputation, change: Buyers ask for two prices }
so_what: A second price shows what the first one hides.
guidance:
  - do: Write two prices under each offer
    who: account lead
topics: [pricing]
series: { id: pricing, part: 2 }
related: [../one.md]
---

## The second part

![A chart](chart.svg)

Back to [part one](../one.md#the-first-part).

| a | b |
|---|---|
| 1 | 2 |
";

pub const THREE: &str = "---
title: Count renewals, not applause
description: What to measure.
date: 2026-03-04
authors: [ben]
audience: buyers
objective: { outcome: foster-relationships, change: Marketing reports renewals }
so_what: Applause renews nothing.
guidance: Report renewals by named account in the next quarterly review
topics: [measuring]
---

Count what renews. [Old](../essays/one.md)
";

pub const FOUR: &str = "---
title: Ask for the abstract
description: A gated piece.
date: 2025-01-10
authors: [ben]
audience: { role: Head of claims, at: mutual insurers, situation: closing a book }
objective: { outcome: build-reputation, change: Claims heads ask for the figures }
so_what: The book closes at a price someone chose.
guidance:
  - do: Ask for the run-off table before the board meets
    by: the March board
topics: [claims]
gate: { reason: the figures belong to a client, form_url: https://northbank.example/ask }
---

The secret body of the gated piece.
";

/// The rich site in memory.
pub fn rich_site() -> MemoryWorld {
    let world = MemoryWorld::new(FILES.iter().copied());
    world.write("site.toml", SITE_TOML.as_bytes());
    world
}

/// The options every test runs with.
pub fn options() -> Options {
    Options::new(Date::parse(TODAY).unwrap())
}

/// All that a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Each planned path with its bytes, or with the findings that stood in the way.
    pub outputs: BTreeMap<String, Result<Vec<u8>, String>>,
    /// The findings as JSON, those of producing the outputs among them.
    pub findings: String,
}

impl Made {
    /// One output as text.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        let Some(Ok(bytes)) = self.outputs.get(path) else { panic!("no {path} in {:#?}", self.outputs.keys().collect::<Vec<_>>()) };
        std::str::from_utf8(bytes).unwrap()
    }
}

/// Runs a site in a fresh session and makes everything.
pub fn make(world: Arc<dyn World>) -> Made {
    make_again(&mut Session::new(world, options()))
}

/// Runs a session once more and makes everything.
pub fn make_again(session: &mut Session) -> Made {
    match session.run() {
        Ok(outcome) => make_all(&outcome),
        Err(failure) => Made { outputs: BTreeMap::new(), findings: failure_text(&failure) },
    }
}

/// Makes every output of an outcome, on as many threads as there are.
pub fn make_all(outcome: &Outcome) -> Made {
    let paths: Vec<&OutputPath> = outcome.plan.entries.keys().collect();
    let produced: Vec<_> = paths.par_iter().map(|path| outcome.produce(path)).collect();
    let mut findings = outcome.findings().to_vec();
    let mut outputs = BTreeMap::new();
    for (path, produced) in paths.into_iter().zip(produced) {
        let (made, found) = match produced {
            Ok((bytes, found)) => (Ok(bytes), found),
            Err(found) => (Err(format!("{found:#?}")), found),
        };
        outputs.insert(path.as_str().to_owned(), made);
        findings.extend(found);
    }
    diagnostic::sort(&mut findings);
    Made { outputs, findings: report(&findings, &outcome.sources, Format::Json) }
}

/// The findings of a whole run, as text.
pub fn checked(session: &mut Session) -> String {
    let mut outcome = match session.run() {
        Ok(outcome) => outcome,
        Err(failure) => return failure_text(&failure),
    };
    outcome.check(&Silent).unwrap();
    report(&outcome.findings().to_vec(), &outcome.sources, Format::Text)
}

/// Findings as people read them.
pub fn findings_text(findings: &[Diagnostic], sources: &Sources) -> String {
    report(findings, sources, Format::Text)
}

/// What stopped a run.
pub fn failure_text(failure: &Failure) -> String {
    match failure {
        Failure::Config { findings, sources } => report(findings, sources, Format::Text),
        Failure::NoConfig { .. } | Failure::Option(_) | Failure::World(_) => failure.to_string(),
    }
}

/// Findings in a format.
pub fn report(findings: &[Diagnostic], sources: &Sources, format: Format) -> String {
    let report = Report {
        findings,
        excused: &[],
        sources,
        rules: &[],
        scope: None,
        style: Style::Plain,
        most_of_a_rule: None,
        width: 120,
        path_prefix: "",
    };
    let mut text = Vec::new();
    report.write(format, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}
