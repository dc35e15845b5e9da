//! What people record beside the text, as commands and scripts meet it: baselines, sign-offs, results,
//! ratings, and the report that is made of them.

use super::cli::{STARTER, Sandbox};
use super::fixture::{options, rich_site};
use sowhat::base::diagnostic::Diagnostic;
use sowhat::pipeline::Session;
use sowhat::report::scorecard::{ReportFormat, Scorecard};
use std::fs;
use std::sync::Arc;

#[test]
fn an_old_archive_adopts_the_rules_and_only_gets_better() {
    let sandbox = Sandbox::with_site();
    let old = "x/content/insights/old.md";
    fs::write(sandbox.path(old), "---\ntitle: Old\ndate: 2019-03-02\nauthors: [alex-morgan]\n---\n\nOnce upon a time.\n").unwrap();
    sandbox.run(&["-r", "x", "check"]).expect(1).says("audience-missing");
    sandbox.run(&["-r", "x", "check", "--baseline", "none.json"]).expect(2).says("there is no baseline `none.json`");
    let adopted = sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(0);
    adopted.says("Wrote old.json").says("no findings in 2 pieces").says("excused by the baseline").says("of the gate excused");
    let written = sandbox.read("old.json");
    let with = ["-r", "x", "check", "--baseline", "old.json"];
    let excused = sandbox.run(&[&with[..], &["--format", "json"]].concat()).expect(0).json();
    assert!(excused["summary"]["excused"].as_u64() > Some(4), "{excused}");
    let sarif = sandbox.run(&[&with[..], &["--format", "sarif"]].concat()).expect(0).json();
    let suppressed =
        sarif["runs"][0]["results"].as_array().unwrap().iter().filter(|result| result["suppressions"][0]["kind"] == "external");
    assert_eq!(suppressed.count() as u64, excused["summary"]["excused"].as_u64().unwrap(), "{sarif}");
    sandbox.run(&["-r", "x", "build", "--baseline", "old.json"]).expect(0);
    sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(0);
    assert_eq!(sandbox.read("old.json"), written, "nothing was mended");
    // A site may name its baseline once for all commands.
    fs::copy(sandbox.path("old.json"), sandbox.path("x/old.json")).unwrap();
    let config = sandbox.read("x/site.toml");
    sandbox.edit("x/site.toml", |text| format!("{text}\n[check]\nbaseline = \"old.json\"\n"));
    sandbox.run(&["-r", "x", "check"]).expect(0).says("of the gate excused");
    sandbox.run(&["-r", "x", "build"]).expect(0);
    fs::write(sandbox.path("x/old.json"), "{").unwrap();
    sandbox.run(&["-r", "x", "check"]).expect(2).says("`[check] baseline` names `old.json`");
    fs::remove_file(sandbox.path("x/old.json")).unwrap();
    sandbox.run(&["-r", "x", "check"]).expect(1).says("audience-missing");
    fs::write(sandbox.path("x/site.toml"), config).unwrap();
    // An edit brings the gate back, and the baseline does not take it in again.
    sandbox.edit(old, |text| format!("{text}\nAnd so on.\n"));
    sandbox.run(&with).expect(1).says("audience-missing").says("guidance-missing").says("entries of the baseline excuse nothing any more");
    sandbox.run(&["-r", "x", "build", "--baseline", "old.json"]).expect(1);
    sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(1).says("went out");
    assert!(!sandbox.read("old.json").contains("audience-missing"));
    // A new piece is held to everything.
    sandbox.edit(STARTER, |text| text.replace("guidance:", "gidance:"));
    sandbox.run(&with).expect(1).says("guidance-missing").says("front-matter-unknown-key");
    fs::write(sandbox.path("old.json"), "{").unwrap();
    sandbox.run(&with).expect(2).says("`old.json` is not a baseline");
}

#[test]
fn a_sign_off_is_bound_to_the_text() {
    let sandbox = Sandbox::with_site();
    fs::write(sandbox.path("x/content/people/kim-ode.md"), "---\ntitle: Kim Ode\nkind: person\nrole: Editor\n---\n\nKim edits.\n").unwrap();
    let piece = "insights/decide-what-the-reader-will-do";
    let sign = |args: &[&str]| sandbox.run(&[&["-r", "x", "sign"][..], args].concat());
    sign(&[piece, "--as", "editor", "--by", "nobody"]).expect(2).says("there is no person `nobody`");
    sign(&["insights/decide-what", "--as", "editor", "--by", "kim-ode"]).expect(2).says("there is no piece");
    sign(&[piece, "--as", "poet", "--by", "kim-ode"]).expect(2).says("invalid value 'poet'");
    sign(&[piece, "--as", "expert", "--by", "alex-morgan"]).expect(2).says("cannot sign it off as its expert");
    sign(&[piece, "--as", "editor", "--by", "kim-ode"]).expect(0).says("kim-ode signed content/insights/");
    sign(&[&format!("content/{piece}.md"), "--as", "editor", "--by", "kim-ode"]).expect(0).says("signed already");
    sign(&[&format!("/{piece}/"), "--as", "marketing", "--by", "alex-morgan"]).expect(0);
    let recorded = sandbox.read("x/data/sign-offs.csv");
    assert_eq!(recorded.lines().count(), 3, "{recorded}");
    assert_eq!(recorded.lines().next(), Some("piece,as,by,on,text"));
    sandbox.run(&["-r", "x", "check"]).expect(0).says("no findings");
    // What the site requires is missed.
    sandbox.edit("x/site.toml", |text| format!("{text}\n[sign_off]\nrequired = [\"expert\", \"editor\"]\n"));
    sandbox.run(&["-r", "x", "check"]).expect(1).says("sign-off-missing").says("as an expert");
    sandbox.edit("x/site.toml", |text| text.replace("\"expert\", ", ""));
    // A corrected word is no other text; a new brief or many new words are.
    sandbox.edit(STARTER, |text| {
        let (header, body) = text.split_once("\n---\n").unwrap();
        format!("{header}\n---\n{}", body.replacen(" the ", " this ", 1))
    });
    sandbox.run(&["-r", "x", "check"]).expect(0);
    let said: String = (0..60).map(|idx| format!("Step{idx} moves part{idx} to room{idx}. ")).collect();
    sandbox.edit(STARTER, |text| format!("{text}\n{said}\n"));
    sandbox.run(&["-r", "x", "check"]).expect(1).says("sign-off-stale").says("of the text has changed since");
    sign(&[piece, "--as", "editor", "--by", "kim-ode"]).expect(0);
    sandbox.run(&["-r", "x", "check"]).expect(0).says("warning[sign-off-stale]");
    sandbox.edit(STARTER, |text| text.replacen("so_what: ", "so_what: Now ", 1));
    sandbox.run(&["-r", "x", "check"]).expect(1).says("the brief has changed since");
}

#[test]
fn a_fresh_sign_off_answers_the_rules_that_ask_for_a_person() {
    let sandbox = Sandbox::with_site();
    let person = |expertise: &str| format!("---\ntitle: Kim Ode\nkind: person\nrole: Editor\n{expertise}---\n\nKim edits.\n");
    fs::write(sandbox.path("x/content/people/kim-ode.md"), person("")).unwrap();
    sandbox.edit("x/site.toml", |text| format!("{text}\n[rules]\nexpert-missing = \"warning\"\n"));
    sandbox.edit(STARTER, |text| text.replacen("title:", "lang: de\ntitle:", 1));
    let plain = "---\nkind: person\ntitle: Alex Morgan\n---\n";
    fs::write(sandbox.path("x/content/people/alex-morgan.md"), plain).unwrap();
    let sign = |capacity| {
        sandbox.run(&["-r", "x", "sign", "insights/decide-what-the-reader-will-do", "--as", capacity, "--by", "kim-ode"]).expect(0);
    };
    let check = || sandbox.run(&["-r", "x", "check"]).expect(0);
    check().says("[guidance-unassessed]").says("[expert-missing]");
    sign("marketing");
    check().says("[guidance-unassessed]").says("[expert-missing]");
    sign("editor");
    check().lacks("[guidance-unassessed]").says("[expert-missing]");
    sign("expert");
    check().says("[expert-missing]");
    fs::write(sandbox.path("x/content/people/kim-ode.md"), person("expertise: [editing]\n")).unwrap();
    check().lacks("[expert-missing]");
    // Another brief is another text.
    sandbox.edit(STARTER, |text| text.replacen("so_what: ", "so_what: Now ", 1));
    check().says("[guidance-unassessed]").says("[expert-missing]");
}

/// The findings of the rich site with these records, as `path:line:column rule`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let world = rich_site();
    for (path, text) in files {
        world.write(path, text.as_bytes());
    }
    let outcome = Session::new(Arc::new(world), options()).run().unwrap();
    let shown = |finding: &Diagnostic| {
        let start = outcome.sources.region(&finding.place).start;
        format!("{}:{}:{} {}", finding.place.path, start.line, start.column, finding.rule)
    };
    let rules = ["record-", "sign-off-", "result-", "rating-"];
    outcome.findings().iter().filter(|finding| rules.iter().any(|rule| finding.rule.starts_with(rule))).map(shown).collect()
}

const MEASURED: &str = "---
title: Measure the quotes
description: What to count.
date: 2026-01-02
authors: [ada]
audience: cfo
objective: { outcome: accelerate-growth, change: CFOs ask, measure: { metric: quotes requested, target: 12, by: 2026-06-30 } }
so_what: What is not counted is not bought.
guidance: Count the quotes of the last quarter by named account
---

Count them.
";

#[test]
fn records_are_held_against_the_site() {
    let results = "piece,metric,date,value,source\n";
    let measured = |records: &str| found(&[("content/essays/measured.md", MEASURED), ("data/results.csv", &format!("{results}{records}"))]);
    let check = |records: &str, expected: &[&str]| assert_eq!(measured(records), expected, "{records}");
    let overdue = "content/essays/measured.md:7:113 result-overdue";
    check("", &[overdue]);
    check("essays/measured,Quotes requested,2026-06-01,9,CRM\n", &[]);
    check("essays/measured,quotes requested,2026-06-01,yes,CRM\n", &[overdue, "data/results.csv:2:45 record-bad-value"]);
    check("essays/measured,page views,2026-06-01,900,analytics\n", &[overdue]);
    check("essays/measured,qoutes requested,2026-06-01,9,CRM\n", &[overdue, "data/results.csv:2:17 result-unknown-metric"]);
    check("essays/mesured,quotes requested,2026-06-01,9,CRM\n", &[overdue, "data/results.csv:2:1 record-unknown-piece"]);
    let twice = "essays/measured,quotes requested,2026-06-01,9,CRM\n";
    check(&format!("{twice}{twice}"), &[]);
    check(&format!("{twice}{}", twice.replace(",9,", ",8,")), &["data/results.csv:3:1 record-repeated"]);
    let signed = |records: &str| found(&[("data/sign-offs.csv", &format!("piece,as,by,on,text\n{records}"))]);
    let trace = "v1.0123456789ab.0123456789ab.9.";
    assert_eq!(
        signed(&format!("essays/one,expert,ada,2026-11-01,{trace}\n")),
        ["content/essays/one.md:2:8 sign-off-stale", "data/sign-offs.csv:2:19 sign-off-by-author"]
    );
    assert_eq!(
        signed(&format!("essays/one,editor,bem,2026-11-01,{trace}\n")),
        ["content/essays/one.md:2:8 sign-off-stale", "data/sign-offs.csv:2:19 record-unknown-person"]
    );
    let head = "sample,piece,by,on,different,readable,sound,useful,owned\n";
    let drawn = "sample,seed,drawn,piece\nh2,7,2026-11-01,essays/one\n";
    let rated = |records: &str| found(&[("data/ratings.csv", &format!("{head}{records}")), ("data/rating-samples.csv", drawn)]);
    assert_eq!(rated("h2,essays/one,ben,2026-11-02,5,5,5,5,5\n"), [] as [&str; 0]);
    assert_eq!(rated("h2,essays/one,ada,2026-11-02,5,5,5,5,5\n"), ["data/ratings.csv:2:15 rating-by-author"]);
    assert_eq!(rated("h2,essays/two,ben,2026-11-02,5,5,5,5,5\n").len(), 2, "outside the sample, and by an author");
    assert_eq!(rated("h1,essays/one,ben,2026-11-02,5,5,5,5,5\n"), ["data/ratings.csv:2:1 rating-outside-sample"]);
}

#[test]
fn people_rate_what_was_drawn_by_lot() {
    let sandbox = Sandbox::with_site();
    for name in ["kim-ode", "lee-moor"] {
        fs::write(sandbox.path(&format!("x/content/people/{name}.md")), format!("---\ntitle: {name}\nkind: person\n---\n\nA rater.\n"))
            .unwrap();
    }
    let rate = |args: &[&str]| sandbox.run(&[&["-r", "x", "rate"][..], args].concat());
    let piece = "insights/decide-what-the-reader-will-do";
    rate(&["add", "h2", "--by", "kim-ode"]).expect(2).says("there is no sample `h2`");
    let drawn = rate(&["draw", "h2", "--count", "3", "--seed", "7"]).expect(0).says("with the seed 7");
    assert_eq!(drawn.stdout, format!("content/{piece}.md\n"), "as many as there are");
    rate(&["draw", "h2"]).expect(2).says("drawn already");
    rate(&["draw", "a, b"]).expect(2).says("is not a name for a sample");
    let add = |by: &str, scores: &str| rate(&["add", "h2", piece, "--by", by, "--scores", scores]);
    add("kim-ode", "6,7,5,8").expect(2).says("five numbers");
    add("kim-ode", "6,7,5,8,11").expect(2).says("five numbers");
    add("alex-morgan", "9,9,9,9,9").expect(2).says("cannot rate it");
    add("kim-ode", "6,7,5,8,6.5").expect(0).says("kim-ode rated content/");
    rate(&["show"]).expect(0).says("1 rater, needs another").says("too little to tell");
    // A person at a terminal answers line by line; a slip is asked again.
    let mut typed = sandbox.command(&["-r", "x", "rate", "add", "h2", "--by", "lee-moor"]);
    typed.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = typed.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"6\nten\n7\n6\n9\n5\nReads well, \"thin\"\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Could they act on it on Monday"), "{output:?}");
    rate(&["show", "h2"]).expect(0).says("useful 8.5").says("(2 raters)").says("over 10 scores of 5 units");
    rate(&["add", "h2", "--by", "lee-moor"]).expect(0).says("has rated all of h2");
    sandbox.run(&["-r", "x", "check"]).expect(0).says("no findings");
    assert!(sandbox.read("x/data/ratings.csv").contains("\"Reads well, \"\"thin\"\"\""));
}

#[test]
fn the_report_is_for_the_team_and_stands_beside_the_site() {
    let sandbox = Sandbox::with_site();
    let report = |args: &[&str]| sandbox.run(&[&["-r", "x", "report"][..], args].concat());
    sandbox.run(&["-r", "x", "build"]).expect(0);
    report(&["--output", "x/public/report.html"]).expect(2).says("that folder is published");
    report(&["--output", "x/content/report.html"]).expect(2).says("read as part of the site");
    sandbox.run(&["-r", "x", "build", "-o", "dist"]).expect(0);
    report(&["--output", "dist/deep/report.html"]).expect(2).says("the output of a build");
    assert!(!sandbox.path("dist/deep").exists(), "nothing is made where nothing may be written");
    report(&[]).expect(0).says("Wrote x/report/index.html: 1 piece");
    sandbox.run(&["-r", "x", "build"]).expect(0);
    assert!(!sandbox.path("x/public/report").exists());
    let page = sandbox.read("x/report/index.html");
    assert!(page.contains("noindex") && !page.contains("<script") && !page.contains("src="), "it needs nothing but itself");
    let charts = page.matches("<svg role=\"img\"").count();
    assert!(charts >= 7, "{charts}");
    assert_eq!(page.matches("<desc ").count(), charts);
    assert_eq!(page.matches("As a table").count(), charts);
    assert_eq!(report(&["--output", "-"]).expect(0).stdout, page);
    let table = report(&["--format", "csv"]).expect(0).stdout;
    assert!(table.starts_with("path,title,state,date,"), "{table}");
    assert_eq!(table.lines().count(), 2, "{table}");
    let json = report(&["--format", "json"]).expect(0).json();
    let piece = &json["pieces"][0];
    assert_eq!(piece["path"], "content/insights/decide-what-the-reader-will-do.md");
    let heads = piece["machine"]["heads"].as_object().unwrap();
    assert_eq!(heads.keys().collect::<Vec<_>>(), ["different", "readable", "sound", "useful", "owned"]);
    assert_eq!(piece["human"]["heads"], serde_json::Value::Null, "nobody has rated it, and nothing stands in for that");
    assert_eq!(piece["machine"]["next"].as_array().unwrap().len(), 3);
    assert_eq!(json["across"]["ungated"]["all"]["have"], 1);
}

#[test]
fn machine_and_people_stand_side_by_side_and_channels_rank_nothing() {
    let records = [
        ("content/essays/measured.md", MEASURED),
        (
            "data/results.csv",
            "piece,metric,date,value,source\nessays/measured,quotes requested,2026-06-01,14,CRM\nessays/two,page views,2026-11-20,90000,analytics\n",
        ),
        ("data/rating-samples.csv", "sample,seed,drawn,piece\nh2,7,2026-11-01,essays/one\n"),
        (
            "data/ratings.csv",
            "sample,piece,by,on,different,readable,sound,useful,owned\nh2,essays/one,ben,2026-11-02,4,6,5,8,3\nh2,essays/one,cal,2026-11-02,6,6,5,9,3\n",
        ),
        ("content/people/cal.md", "---\ntitle: Cal\n---\n\nShe rates.\n"),
    ];
    let scorecard = |files: &[(&str, &str)]| {
        let world = rich_site();
        files.iter().for_each(|(path, text)| world.write(path, text.as_bytes()));
        let mut out = Vec::new();
        let outcome = Session::new(Arc::new(world), options()).run().unwrap();
        Scorecard::new(&outcome).write(ReportFormat::Json, &mut out).unwrap();
        serde_json::from_slice::<serde_json::Value>(&out).unwrap()
    };
    let piece = |report: &serde_json::Value, path: &str| {
        let found = report["pieces"].as_array().unwrap().iter().find(|piece| piece["path"] == path);
        found.unwrap_or_else(|| panic!("no {path}")).clone()
    };
    let (with, without) = (scorecard(&records), scorecard(&records[..1]));
    let order =
        |report: &serde_json::Value| report["pieces"].as_array().unwrap().iter().map(|piece| piece["path"].clone()).collect::<Vec<_>>();
    assert_eq!(order(&with), order(&without), "neither ratings nor channels rank");
    let rated = piece(&with, "content/essays/one.md");
    assert_eq!(rated["human"]["heads"]["useful"], 8.5);
    assert_eq!(rated["machine"], piece(&without, "content/essays/one.md")["machine"], "ratings do not touch the evidence");
    assert_eq!(piece(&with, "content/essays/measured.md")["objective"]["state"], "met");
    assert_eq!(piece(&without, "content/essays/measured.md")["objective"]["state"], "unmeasured");
    let figures = &piece(&with, "content/essays/two/index.md")["channel_figures"];
    assert_eq!(figures[0]["value"], "90000");
    assert_eq!(with["across"]["ungated"]["all"], serde_json::json!({"have": 4, "of": 5}));
}
