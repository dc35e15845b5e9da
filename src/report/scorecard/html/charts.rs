//! Charts as inline SVG, drawn here: every one with a title, a description, and a table of its values.
//!
//! They are drawn 360 units wide, so that their letters can be read on a telephone, and coloured by
//! classes, so that one drawing serves light, dark and print. No value is told by colour alone.

use super::markup::{Html, attr};
use crate::render::html::escaped;

/// The width of every chart, in its own units.
const WIDTH: f64 = 360.0;
/// The height of one row of bars.
const ROW: f64 = 34.0;
/// Where bars begin when their labels stand beside them.
const BAR_HEIGHT: f64 = 12.0;

/// What a chart is called, and what a reader is told who cannot see it.
pub struct Caption<'a> {
    /// Its anchor, unique in the page.
    pub id: &'a str,
    pub title: &'a str,
    /// What it shows, in one sentence.
    pub about: String,
}

/// A bar that is filled to a share.
pub struct Bar {
    pub label: String,
    /// From 0 to 1.
    pub share: f64,
    /// What stands at its end.
    pub value: String,
}

/// A bar of several parts.
pub struct Stack {
    pub label: String,
    pub parts: Vec<usize>,
}

/// Bars, each filled to a share.
pub fn bars(html: &mut Html, caption: &Caption<'_>, bars: &[Bar], class: &str) {
    let height = bars.len() as f64 * ROW + 4.0;
    let rows: Vec<Vec<String>> = bars.iter().map(|bar| vec![bar.label.clone(), bar.value.clone()]).collect();
    figure(html, caption, height, (&["", "Value"], &rows), |svg| {
        for (idx, bar) in bars.iter().enumerate() {
            let top = idx as f64 * ROW;
            label(svg, top, &bar.label, &bar.value);
            rect(svg, "track", (0.0, top + 18.0, WIDTH, BAR_HEIGHT), "");
            rect(svg, class, (0.0, top + 18.0, WIDTH * bar.share.clamp(0.0, 1.0), BAR_HEIGHT), "");
        }
    });
}

/// Bars of several parts over one whole, with a legend.
pub fn stacks(html: &mut Html, caption: &Caption<'_>, parts: &[(&str, &str)], stacks: &[Stack]) {
    let most = stacks.iter().map(|stack| stack.parts.iter().sum::<usize>()).max().unwrap_or(0).max(1) as f64;
    let height = stacks.len() as f64 * ROW + 4.0;
    let mut head = vec![""];
    head.extend(parts.iter().map(|(name, _)| *name));
    let row =
        |stack: &Stack| -> Vec<String> { std::iter::once(stack.label.clone()).chain(stack.parts.iter().map(usize::to_string)).collect() };
    let rows: Vec<Vec<String>> = stacks.iter().map(row).collect();
    legend(html, parts);
    figure(html, caption, height, (&head, &rows), |svg| {
        for (idx, stack) in stacks.iter().enumerate() {
            let top = idx as f64 * ROW;
            let told: Vec<String> = parts
                .iter()
                .zip(&stack.parts)
                .filter(|(_, count)| **count > 0)
                .map(|((name, _), count)| format!("{count} {name}"))
                .collect();
            label(svg, top, &stack.label, &told.join(", "));
            let mut left = 0.0;
            for ((name, class), count) in parts.iter().zip(&stack.parts).filter(|(_, count)| **count > 0) {
                let width = WIDTH * *count as f64 / most;
                rect(svg, class, (left, top + 18.0, (width - 1.5).max(1.0), BAR_HEIGHT), &format!("{name}: {count}"));
                left += width;
            }
        }
    });
}

/// Standing columns of several parts, as over months.
pub fn columns(html: &mut Html, caption: &Caption<'_>, parts: &[(&str, &str)], stacks: &[Stack]) {
    const TALL: f64 = 120.0;
    let most = stacks.iter().map(|stack| stack.parts.iter().sum::<usize>()).max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / stacks.len().max(1) as f64;
    let mut head = vec![""];
    head.extend(parts.iter().map(|(name, _)| *name));
    let row =
        |stack: &Stack| -> Vec<String> { std::iter::once(stack.label.clone()).chain(stack.parts.iter().map(usize::to_string)).collect() };
    let rows: Vec<Vec<String>> = stacks.iter().map(row).collect();
    if parts.len() > 1 {
        legend(html, parts);
    }
    figure(html, caption, TALL + 62.0, (&head, &rows), |svg| {
        let floor = TALL + 16.0;
        for (idx, stack) in stacks.iter().enumerate() {
            let left = idx as f64 * step;
            let total: usize = stack.parts.iter().sum();
            let mut top = floor;
            for ((name, class), count) in parts.iter().zip(&stack.parts).filter(|(_, count)| **count > 0) {
                let height = TALL * *count as f64 / most;
                top -= height;
                rect(svg, class, (left + 2.0, top, step - 4.0, (height - 1.0).max(1.0)), &format!("{}, {name}: {count}", stack.label));
            }
            let middle = left + step / 2.0;
            if total > 0 {
                svg.push(&format!("<text class=\"value\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{total}</text>", top - 4.0));
            }
            let foot = floor + 12.0;
            svg.push(&format!(
                "<text class=\"tick\" text-anchor=\"end\" transform=\"translate({:.1} {foot:.1}) rotate(-45)\">{}</text>",
                middle + 4.0,
                escaped(&stack.label)
            ));
        }
        svg.push(&format!("<line class=\"axis\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{floor}\" y2=\"{floor}\"/>"));
    });
}

/// A small bar for one line of a table; the words beside it say the same.
pub fn spark(html: &mut Html, share: f64, class: &str) {
    let width = 60.0 * share.clamp(0.0, 1.0);
    html.push(&format!(
        "<svg class=\"spark\" viewBox=\"0 0 60 8\" width=\"60\" height=\"8\" aria-hidden=\"true\"><rect class=\"track\" width=\"60\" height=\"8\"/>\
         <rect class=\"{class}\" width=\"{width:.1}\" height=\"8\"/></svg>"
    ));
}

fn legend(html: &mut Html, parts: &[(&str, &str)]) {
    html.push("<ul class=\"legend\">");
    for (name, class) in parts {
        html.push(&format!("<li><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"12\" height=\"12\"/></svg> "));
        html.text(name);
        html.push("</li>");
    }
    html.push("</ul>");
}

/// The drawing with its words, and the same values as a table below it.
fn figure(html: &mut Html, caption: &Caption<'_>, height: f64, table: (&[&str], &[Vec<String>]), draw: impl FnOnce(&mut Html)) {
    let id = caption.id;
    html.push("<figure class=\"chart\">");
    html.push(&format!(
        "<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height:.0}\" aria-labelledby=\"{id}-title {id}-desc\" preserveAspectRatio=\"xMinYMin meet\">"
    ));
    html.push(&format!("<title id=\"{id}-title\">"));
    html.text(caption.title);
    html.push(&format!("</title><desc id=\"{id}-desc\">"));
    html.text(&caption.about);
    html.push("</desc>");
    draw(html);
    html.push("</svg><figcaption>");
    html.text(&caption.about);
    html.push("</figcaption><details class=\"as-table\"><summary>As a table</summary>");
    html.table(caption.title, table.0, table.1);
    html.push("</details></figure>\n");
}

/// The name of a row at its left and its value at its right, above the bar.
fn label(svg: &mut Html, top: f64, name: &str, value: &str) {
    let y = top + 12.0;
    svg.push(&format!("<text class=\"name\" x=\"0\" y=\"{y:.1}\">{}</text>", escaped(name)));
    svg.push(&format!("<text class=\"value\" x=\"{WIDTH}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>", escaped(value)));
}

/// A rectangle: left, top, width, height; with a word for the pointer that rests on it.
fn rect(svg: &mut Html, class: &str, (x, y, width, height): (f64, f64, f64, f64), told: &str) {
    let title = if told.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(told)) };
    svg.push(&format!(
        "<rect class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\">{title}</rect>",
        attr(class)
    ));
}
