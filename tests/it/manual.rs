//! The manual says what the program does: what is generated in it is what the program would generate.

use sowhat::editorial::explain;

/// To renew: `cargo run -- explain --format markdown > content/manual/rules.md`.
#[test]
fn the_rule_reference_is_made_from_the_rules() {
    let written = include_str!("../../content/manual/rules.md");
    assert_eq!(written, explain::manual_page(), "renew it: cargo run -- explain --format markdown > content/manual/rules.md");
}
