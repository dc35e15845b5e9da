//! What is drawn, and that nothing is drawn over the edge.

use super::*;

fn figures(rows: &[(&str, &[Option<f64>])], series: &[&str]) -> Figures {
    let values = |idx: usize| rows.iter().map(|(_, values)| values[idx]).collect();
    Figures {
        categories: rows.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: series.iter().enumerate().map(|(idx, name)| Series { name: (*name).to_owned(), values: values(idx) }).collect(),
    }
}

fn drawn(kind: Kind, figures: &Figures, highlight: Option<&str>) -> Drawing {
    let format = NumberFormat::new("en", "%", 0);
    draw(&Chart { id: "c", kind, title: "A <b>", description: "D", figures, format: &format, highlight })
}

/// Every percentage of a drawing.
fn percentages(svg: &str) -> Vec<f64> {
    svg.split('"').filter_map(|part| part.strip_suffix('%')?.parse().ok()).collect()
}

#[test]
fn every_kind_stays_inside_and_names_itself() {
    let one = figures(&[("North & South", &[Some(12.0)]), ("East", &[None]), ("West", &[Some(-3.0)])], &["Share"]);
    let two =
        figures(&[("2020", &[Some(1.0), Some(80.0)]), ("2022", &[Some(0.0), None]), ("2023", &[Some(45.0), Some(90.5)])], &["A", "B"]);
    let zeros = figures(&[("a", &[Some(0.0), Some(0.0)])], &["A", "B"]);
    for (_, kind) in Kind::ALL {
        for figures in [&one, &two, &zeros] {
            let is_whole = matches!(kind, Kind::Stacked | Kind::Share);
            if is_whole && std::ptr::eq(figures, &one) {
                continue;
            }
            let svg = drawn(kind, figures, None).svg;
            assert!(svg.contains("<title id=\"c-title\">A &lt;b&gt;</title><desc id=\"c-desc\">D</desc>"), "{svg}");
            assert!(svg.contains("aria-labelledby=\"c-title c-desc\"") && !svg.contains("style="), "{svg}");
            assert!(percentages(&svg).iter().all(|percent| (0.0..=100.01).contains(percent)), "{kind:?} {svg}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{kind:?} {svg}");
        }
    }
}

#[test]
fn what_does_not_stand_out_steps_back() {
    let figures = figures(&[("North", &[Some(12.0)]), ("East", &[Some(6.0)])], &["Share"]);
    let svg = drawn(Kind::Bar, &figures, Some("East")).svg;
    assert_eq!(svg.matches("chart-muted").count(), 1, "{svg}");
    assert!(svg.contains(">12%</text>") && svg.contains(">North</text>"), "{svg}");
}

#[test]
fn words_say_what_the_drawing_shows() {
    let format = NumberFormat::new("en", "%", 0);
    let small = figures(&[("North", &[Some(12.0), Some(3.0)]), ("East", &[None, Some(1.0)])], &["A", "B"]);
    assert_eq!(in_words(&small, &format), "North: A 12%, B 3%; East: B 1%");
    let rows: Vec<(String, [Option<f64>; 1])> = (0..30).map(|idx| (format!("y{idx}"), [Some(f64::from(idx))])).collect();
    let rows: Vec<(&str, &[Option<f64>])> = rows.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
    assert_eq!(in_words(&figures(&rows, &["A"]), &format), "y0: 0% … y29: 29%");
}

#[test]
fn short_names_stand_at_their_lines_and_long_ones_in_a_key() {
    let values: &[(&str, &[Option<f64>])] = &[("2020", &[Some(1.0), Some(2.0)]), ("2021", &[Some(2.0), Some(2.1)])];
    assert!(drawn(Kind::Line, &figures(values, &["North", "East"]), None).names_series);
    assert!(!drawn(Kind::Line, &figures(values, &["North", "A name that is much too long"]), None).names_series);
}
