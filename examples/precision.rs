//! Prints how often each rule is right on the labelled cases: `cargo run --example precision`.
//!
//! With `-- --errors` it lists every case that went wrong too.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is a command, and prints")]

#[path = "../tests/precision/measure.rs"]
mod measure;

fn main() {
    let measured = measure::measure();
    println!("{} labelled cases\n", measured.n_cases);
    println!("{:32} {:>6} {:>12} {:>7} {:>10} {:>7}", "rule", "right", "false alarms", "missed", "precision", "recall");
    for (rule, counts) in &measured.by_rule {
        let (precision, recall) = (counts.precision(), counts.recall());
        println!("{rule:32} {:>6} {:>12} {:>7} {precision:>10.2} {recall:>7.2}", counts.right, counts.false_alarms, counts.missed);
    }
    if std::env::args().any(|argument| argument == "--errors") {
        println!();
        for error in &measured.errors {
            println!("{error}");
        }
    }
}
