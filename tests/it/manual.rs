//! The manual says what the program does: what is generated in it is what the program would generate.

use sowhat::config::Level;
use sowhat::editorial::{explain, presets, registry};

/// To renew: `cargo run -- explain --format markdown > content/manual/rules.md`.
#[test]
fn the_rule_reference_is_made_from_the_rules() {
    let written = include_str!("../../content/manual/rules.md");
    assert_eq!(written, explain::manual_page(), "renew it: cargo run -- explain --format markdown > content/manual/rules.md");
}

/// The table of mechanisms leaves none of the 95 rows out, and names only rules that exist.
#[test]
fn every_mechanism_of_the_seeds_is_accounted_for() {
    let page = include_str!("../../content/manual/mechanisms.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let numbers: Vec<usize> = rows.iter().map(|cells| cells[0].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=95).collect::<Vec<usize>>());
    for cells in &rows {
        assert!(cells.len() == 5 && cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
        let known = ["rule", "record", "report", "output", "people"];
        assert!(cells[3].split(", ").all(|kind| known.contains(&kind)), "{cells:?}");
        let rules: Vec<&str> = cells[4].split("](rules.md#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(rules.iter().all(|rule| registry::find(rule).is_some()), "{cells:?}");
        assert!(cells[3].split(", ").all(|kind| kind != "rule") || !rules.is_empty(), "{cells:?}");
    }
}

/// The manual's table of what `strict` changes is the one that the program goes by.
#[test]
fn the_presets_are_what_the_manual_says() {
    let page = include_str!("../../content/manual/house-rules.md");
    let word = |level: Level| match level {
        Level::Off => "off",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let row = |(name, strict): &(&str, Level)| {
        let doc = registry::find(name).unwrap();
        format!("| [`{name}`](rules.md#{name}) | {} | {} |", word(doc.level), word(*strict))
    };
    let table: Vec<String> = presets::STRICT.iter().map(row).collect();
    let written: Vec<&str> = page.lines().filter(|line| line.starts_with("| [`")).collect();
    assert_eq!(written, table);
}
