//! Cases of `site.toml`, sound and broken.

use super::*;
use crate::config::{Level, Preset};
use proptest::prelude::*;

const NEEDED: &str = "title = \"T\"\nbase_url = \"https://example.com/\"\n";

fn read_text(text: &str) -> Result<Config, Vec<Diagnostic>> {
    read(&SourcePath::new("site.toml").unwrap(), text)
}

/// What is found in a file that has all it needs, as `rule @bytes: message`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let text = format!("{NEEDED}{text}");
    let findings = read_text(&text).err().unwrap_or_default();
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let rule = finding.rule.trim_start_matches("config-");
            format!("{rule} @{}: {}", &text[finding.place.start..finding.place.end], finding.message)
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn fills_in_the_defaults() {
    let config = read_text(NEEDED).unwrap();
    assert_eq!((config.language.as_str(), config.theme.as_str()), ("en", "insight"));
    assert_eq!((config.paginate_by, config.feeds.items, config.outcomes.len()), (20, 20, 4));
    assert!(config.markdown.raw_html && config.markdown.smart_punctuation && config.markdown.highlight);
    assert_eq!(config.rules.preset, Preset::Editorial);
}

#[test]
fn reads_a_whole_configuration() {
    let text = "\u{feff}title = 'Ä'\r\nbase_url = 'https://example.com/insights/'\r\noutcomes = ['learn', 'accelerate-growth']\r\n\
        publisher = { name = 'P', products = 'Sowhat' }\r\n[[nav]]\r\ntitle = 'About'\r\nurl = '/about/'\r\n\
        [audiences.cfo]\r\nrole = 'CFO'\r\nchallenges = ['a', 'b']\r\n[rules]\r\npreset = 'strict'\r\nso-what-long = 'off'\r\n\
        so-what-short = { level = 'error', words = 5 }\r\n[headers]\r\nX-Frame-Options = 'DENY'\r\n[preview]\r\neditor = 'code'\r\n\
        [theme_options]\r\naccent = 1\r\n[feeds]\r\nitems = 5\r\n[topics.pricing]\r\ntitle = 'Pricing'\r\n";
    let config = read_text(text).unwrap();
    assert_eq!(config.base_url.href("/a/"), "/insights/a/");
    assert_eq!(config.outcomes.last().map(String::as_str), Some("learn"));
    assert_eq!(config.publisher.products, ["Sowhat"]);
    let url = &config.nav[0].url;
    assert_eq!((url.value.as_str(), &text[url.range.clone()]), ("/about/", "'/about/'"));
    let audience = &config.audiences["cfo"];
    assert_eq!((&text[audience.id.range.clone()], audience.slots.challenges.len()), ("cfo", 2));
    assert_eq!(config.rules.preset, Preset::Strict);
    let levels: Vec<_> = config.rules.levels.iter().map(|setting| setting.level.as_ref().map(|level| level.value)).collect();
    assert_eq!(levels, [Some(Level::Off), Some(Level::Error)]);
    assert!(config.rules.levels[1].options.as_ref().is_some_and(|options| options.value.get("words").is_some()));
    assert_eq!(config.headers[0].1.value, "DENY");
    assert_eq!(config.preview_editor.as_deref(), Some("code"));
    assert_eq!((config.feeds.items, config.topics["pricing"].title.as_deref()), (5, Some("Pricing")));
    assert!(config.theme_options.is_some());
}

#[test]
fn reports_every_fault_at_its_value() {
    check(
        "langauge = 'en'\npaginate_by = 0\ntheme = '../x'\nlanguage = 'english'\n[markdown]\nraw_html = 'yes'\n[feeds]\nitems = 2000\n",
        &[
            "unknown-key @langauge: unknown key `langauge`",
            "bad-value @0: `paginate_by` takes a number from 1 to 1000",
            "bad-value @'../x': `../x` is not the name of a folder under `themes/`",
            "bad-value @'english': `english` is not a language tag",
            "wrong-type @'yes': `raw_html` takes `true` or `false`, not text",
            "bad-value @2000: `items` takes a number from 1 to 1000",
        ],
    );
    check(
        "[audiences.cfo]\nrole = ['CFO']\nplace = 'x'\n[[nav]]\ntitle = 'A'\nurl = 'about'\n[[nav]]\nurl = '/'\n",
        &[
            "wrong-type @['CFO']: `role` takes text, not a list",
            "unknown-key @place: unknown key `place` in `cfo`",
            "bad-value @'about': `about` leads nowhere from every page",
            "missing-key @[[nav]]: this link of the menu has no `title`",
        ],
    );
    check(
        "[rules]\npreset = 'strct'\na = 'warn'\nb = true\nc = { level = 1 }\n[headers]\n'X Y' = 'a'\nZ = \"a\\nb\"\n",
        &[
            "bad-value @'strct': `strct` is not a preset; there are `gate`, `editorial`, `strict`",
            "bad-value @'warn': `warn` is not a level; there are `off`, `warning`, `error`",
            "bad-value @true: true or false is not a level; there are `off`, `warning`, `error`",
            "bad-value @1: a number is not a level; there are `off`, `warning`, `error`",
            "bad-value @'X Y': `X Y` is not the name of an HTTP header",
            "bad-value @\"a\\nb\": the value of `Z` holds a line break or another control character",
        ],
    );
    check(
        "description = 010\ntitle = 'again'\n[feeds]\nitems = 2\n[feeds]\nitems = 3\nx = yes\n",
        &[
            "syntax @0: this is not TOML: unexpected leading zero, expected nothing",
            "duplicate-key @title: the key `title` is written twice",
            "duplicate-key @feeds: the key `feeds` is written twice",
            "duplicate-key @items: the key `items` is written twice",
            "syntax @yes: this is not TOML: text stands between double quotes",
        ],
    );
    check(
        "audiences = ['cfo']\nextra = 1\nnav = { title = 'A', url = '//x' }\n",
        &[
            "wrong-type @['cfo']: `audiences` takes a map, not a list",
            "wrong-type @1: `extra` takes a map, not a number",
            "bad-value @'//x': `//x` leads nowhere from every page",
        ],
    );
}

#[test]
fn a_slip_of_the_pen_is_written_as_it_was_meant() {
    let check = |line: &str, at: &str, meant: &str| {
        let text = format!("base_url = 'https://example.com/'\n{line}\n");
        let findings = read_text(&text).unwrap_err();
        let [finding] = findings.as_slice() else { panic!("{line}: {findings:#?}") };
        assert_eq!(&text[finding.place.start..finding.place.end], at, "{line}");
        assert!(finding.help.as_deref().unwrap_or_default().contains(meant), "{line}: {finding:#?}");
    };
    check("title = Northbank", "Northbank", "`title = \"Northbank\"`");
    check("title = Insights of ours # x", "Insights of ours", "`title = \"Insights of ours\"`");
    check("title = true story", "true story", "`title = \"true story\"`");
    check("title = “Northbank”", "“Northbank”", "`title = \"Northbank\"`");
    check("title = „Größe“", "„Größe“", "`title = \"Größe\"`");
    check("publisher = { name = Northbank, url = 'https://example.com/' }", "Northbank", "`name = \"Northbank\"`");
    check("theme = 'insight'\n[theme.light]\nink = '#111'", "theme", "[theme]\nname = 'insight'");
    check("publisher = 'N'\n[publisher.x]\n", "publisher", "take `publisher = 'N'` out");
}

#[test]
fn what_has_no_default_must_be_there() {
    for (text, expected) in [
        ("", vec!["config-missing-key", "config-missing-key"]),
        ("title = ' '\nbase_url = 'example.com'\n", vec!["config-bad-value", "config-bad-value"]),
        ("title = ['x']\nbase_url = 'https://example.com'\n", vec!["config-wrong-type"]),
    ] {
        let rules: Vec<&str> = read_text(text).unwrap_err().iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, expected, "{text}");
    }
}

#[test]
fn hostile_files_end_quickly() {
    for text in [format!("a = {}", "[".repeat(200_000)), "[a.".repeat(50_000), "a = {b = ".repeat(50_000)] {
        #[expect(clippy::disallowed_methods, reason = "the test is about time")]
        let started = std::time::Instant::now();
        assert!(read_text(&text).is_err());
        assert!(started.elapsed().as_secs() < 2, "took {:?}", started.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_makes_it_panic(text in "(\u{feff})?(title|base_url|rules|nav|é|=|'|\"|\\[|\\]|\\{|\\}|,|\\.|1|2026-02-30|\n|\r\n| |#|true|\\\\){0,40}") {
        for finding in read_text(&text).err().unwrap_or_default() {
            prop_assert!(text.get(finding.place.start..finding.place.end).is_some(), "{finding:?}");
        }
    }
}
