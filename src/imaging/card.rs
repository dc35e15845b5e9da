//! A social card: SVG with texts that know how wide they may be, to a PNG.
//!
//! SVG breaks no lines. A `text` element that says `data-wrap="1040 3"` is broken into at most three lines of
//! at most 1040 pixels, by the widths of the letters of the card's own fonts; type that does not fit is set
//! smaller, down to three fifths, and then cut.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use resvg::{tiny_skia, usvg};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Write;
use std::sync::Arc;

/// The most pixels of a side.
const MAX_SIDE: f32 = 2400.0;

/// The most elements: each may lie in another one, or be clipped by it, and is drawn on top of that one's stack.
const MAX_ELEMENTS: usize = 2000;

/// Stack enough for as many elements in each other.
const STACK: usize = 64 << 20;

/// The least that type is set smaller before it is cut.
const LEAST: f32 = 0.6;

/// The fonts of cards.
pub struct Fonts {
    files: Vec<Arc<Vec<u8>>>,
    database: Arc<fontdb::Database>,
}

impl Fonts {
    /// Takes font files, TrueType or OpenType.
    pub fn new(files: Vec<Vec<u8>>) -> Self {
        let files: Vec<Arc<Vec<u8>>> = files.into_iter().map(Arc::new).collect();
        let mut database = fontdb::Database::new();
        for file in &files {
            database.load_font_source(fontdb::Source::Binary(Arc::<Vec<u8>>::clone(file)));
        }
        Self { files, database: Arc::new(database) }
    }

    /// The font that a text of this weight is set in; the first one when none says that it is bold.
    fn of_weight(&self, weight: u16) -> Option<FontRef<'_>> {
        let distance = |font: &FontRef<'_>| (font.attributes().weight.value() - f32::from(weight)).abs();
        let fonts = self.files.iter().filter_map(|file| FontRef::new(file.as_slice()).ok());
        fonts.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// The letters of a text that no font has.
    fn missing(&self, text: &str) -> Vec<char> {
        let fonts: Vec<FontRef<'_>> = self.files.iter().filter_map(|file| FontRef::new(file.as_slice()).ok()).collect();
        let is_missing = |c: &char| !c.is_whitespace() && fonts.iter().all(|font| font.charmap().map(*c).is_none());
        text.chars().filter(is_missing).collect()
    }
}

/// A drawn card.
pub struct Card {
    pub png: Vec<u8>,
    /// Letters that stand on it as empty boxes, for no font has them.
    pub missing: String,
}

/// Draws a card. The same SVG and fonts give the same bytes; the error says what is wrong with the SVG.
pub fn draw(svg: &str, fonts: &Fonts) -> Result<Card, String> {
    let n_elements = svg.bytes().zip(svg.bytes().skip(1)).filter(|(byte, next)| *byte == b'<' && *next != b'/').count();
    if n_elements > MAX_ELEMENTS {
        return Err(format!("a card has at most {MAX_ELEMENTS} elements"));
    }
    let drawn = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || draw_here(svg, fonts));
        thread.map(std::thread::ScopedJoinHandle::join)
    });
    drawn.map_err(|error| error.to_string())?.unwrap_or_else(|_| Err("the library that draws it failed".to_owned()))
}

fn draw_here(svg: &str, fonts: &Fonts) -> Result<Card, String> {
    let (svg, missing) = wrapped(svg, fonts)?;
    let resolver = ImageHrefResolver { resolve_data: ImageHrefResolver::default_data_resolver(), resolve_string: Box::new(|_, _| None) };
    // A family that is not there is set in the first one that is.
    let first = fonts.database.faces().next().and_then(|face| face.families.first());
    let font_family = first.map_or_else(String::new, |(name, _)| name.clone());
    let options = Options { fontdb: Arc::clone(&fonts.database), font_family, image_href_resolver: resolver, ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    if size.width() > MAX_SIDE || size.height() > MAX_SIDE {
        return Err(format!("a card has at most {MAX_SIDE} pixels on a side"));
    }
    let (width, height) = (size.width().ceil() as u32, size.height().ceil() as u32);
    let mut pixmap = tiny_skia::Pixmap::new(width, height).ok_or("the card has no size")?;
    pixmap.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, usvg::Transform::default(), &mut pixmap.as_mut());
    Ok(Card { png: png_of(&pixmap)?, missing })
}

/// A PNG of at most 256 colours where that is all there are, as on most cards: a third of the bytes.
fn png_of(pixmap: &tiny_skia::Pixmap) -> Result<Vec<u8>, String> {
    let failed = |error: png::EncodingError| error.to_string();
    let pixels = pixmap.data().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut indices = Vec::with_capacity(pixmap.data().len() / 4);
    let mut last = None;
    for pixel in pixels.clone() {
        let idx = match last {
            Some((known, idx)) if known == pixel => idx,
            _ => palette.iter().position(|known| *known == pixel).unwrap_or_else(|| {
                palette.push(pixel);
                palette.len() - 1
            }),
        };
        if idx > 255 {
            break;
        }
        last = Some((pixel, idx));
        indices.push(idx as u8);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let is_indexed = palette.len() <= 256;
    if is_indexed {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette.concat());
    } else {
        encoder.set_color(png::ColorType::Rgb);
        indices = pixels.flatten().collect();
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&indices).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// The SVG with its texts broken into lines, and the letters that no font has.
fn wrapped(svg: &str, fonts: &Fonts) -> Result<(String, String), String> {
    let failed = |error: quick_xml::Error| error.to_string();
    let mut reader = Reader::from_str(svg);
    let mut out = String::with_capacity(svg.len() + 512);
    let mut missing: Vec<char> = Vec::new();
    let mut at = 0;
    loop {
        let event = reader.read_event().map_err(failed)?;
        let end = usize::try_from(reader.buffer_position()).map_err(|error| error.to_string())?;
        match event {
            Event::Start(element) if element.local_name().as_ref() == "text" => {
                let wrap = Wrap::of(&element);
                out.push_str(&svg[at..end]);
                let text = reader.read_text(element.name()).map_err(failed)?.into_owned();
                let text_end = usize::try_from(reader.buffer_position()).map_err(|error| error.to_string())?;
                let plain = quick_xml::escape::unescape(&text).map_err(|error| error.to_string())?;
                let plain: Vec<&str> = plain.split_whitespace().collect();
                missing.extend(fonts.missing(&plain.join("")));
                match wrap {
                    Some(wrap) => wrap.write(&plain, fonts, &mut out),
                    None => out.push_str(&text),
                }
                out.push_str("</text>");
                at = text_end;
            }
            Event::Eof => break,
            _ => {
                out.push_str(&svg[at..end]);
                at = end;
            }
        }
    }
    missing.sort_unstable();
    missing.dedup();
    Ok((out, missing.into_iter().collect()))
}

/// How a text is broken.
struct Wrap {
    width: f32,
    max_lines: usize,
    x: String,
    size: f32,
    weight: u16,
    /// The distance between lines, in sizes of the type.
    leading: f32,
}

impl Wrap {
    fn of(element: &BytesStart<'_>) -> Option<Self> {
        let attribute = |name: &str| Some(element.try_get_attribute(name).ok()??.value.into_owned());
        let number = |name: &str, default: f32| {
            attribute(name).and_then(|text| text.trim().parse().ok()).filter(|number: &f32| *number > 0.0).unwrap_or(default)
        };
        let asked = attribute("data-wrap")?;
        let (width, lines) = asked.split_once(' ')?;
        Some(Self {
            width: width.trim().parse().ok().filter(|width: &f32| *width > 1.0)?,
            max_lines: lines.trim().parse().ok().filter(|lines| (1..=20).contains(lines))?,
            x: attribute("x").unwrap_or_else(|| "0".to_owned()),
            size: number("font-size", 32.0).min(400.0),
            weight: number("font-weight", 400.0) as u16,
            leading: number("data-leading", 1.2),
        })
    }

    fn write(&self, words: &[&str], fonts: &Fonts, out: &mut String) {
        let Some(font) = fonts.of_weight(self.weight) else { return };
        let mut scale = 1.0_f32;
        let mut lines = self.lines(words, &font, self.size);
        while lines.len() > self.max_lines && scale > LEAST {
            scale -= 0.05;
            lines = self.lines(words, &font, self.size * scale);
        }
        if lines.len() > self.max_lines {
            lines.truncate(self.max_lines);
            if let Some(last) = lines.last_mut() {
                while width_of(&font, &format!("{last}…"), self.size * scale) > self.width && last.contains(' ') {
                    last.truncate(last.rfind(' ').unwrap_or(0));
                }
                last.push('…');
            }
        }
        let size = self.size * scale;
        for (idx, line) in lines.iter().enumerate() {
            let dy = if idx == 0 { 0.0 } else { size * self.leading };
            let _ =
                write!(out, "<tspan x=\"{}\" dy=\"{dy:.1}\" font-size=\"{size:.1}\">{}</tspan>", escape(&*self.x), escape(line.as_str()));
        }
    }

    /// As many lines as it takes; a word that is too wide by itself is broken anywhere.
    fn lines(&self, words: &[&str], font: &FontRef<'_>, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in words {
            let longer = if line.is_empty() { (*word).to_owned() } else { format!("{line} {word}") };
            if width_of(font, &longer, size) <= self.width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if width_of(font, &line, size) > self.width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
            if lines.len() > 60 {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// The pixels that a line takes, without kerning: a little more than it will.
fn width_of(font: &FontRef<'_>, text: &str, size: f32) -> f32 {
    let charmap = font.charmap();
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let advance = |c: char| charmap.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(size * 0.6);
    text.chars().map(advance).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts() -> Fonts {
        Fonts::new(vec![
            include_bytes!("../../themes/insight/fonts/SourceSerif4_400Regular.ttf").to_vec(),
            include_bytes!("../../themes/insight/fonts/SourceSerif4_600SemiBold.ttf").to_vec(),
        ])
    }

    fn lines(wrap: &str, text: &str) -> usize {
        let svg = format!("<svg><text data-wrap=\"{wrap}\" x=\"10\" font-size=\"40\">{text}</text></svg>");
        let (svg, _) = wrapped(&svg, &fonts()).unwrap();
        svg.matches("<tspan").count()
    }

    #[test]
    fn texts_are_broken_where_they_are_too_wide() {
        for (wrap, text, expected) in [
            ("1000 3", "Price the outcome &amp; not the hour", 1),
            ("300 3", "Price the outcome, not the hour", 3),
            ("300 2", &"Price the outcome, not the hour. ".repeat(9), 2),
            ("100 4", "Donaudampfschifffahrtsgesellschaft", 4),
            ("100 4", "", 0),
        ] {
            assert_eq!(lines(wrap, text), expected, "{wrap} {text}");
        }
    }

    #[test]
    fn drawings_made_to_overflow_the_stack_are_drawn_or_refused() {
        let clip = |n: usize| format!("<clipPath id=\"c{n}\" clip-path=\"url(#c{})\"><rect width=\"9\" height=\"9\"/></clipPath>", n + 1);
        let clips =
            |count: usize| format!("{}<rect clip-path=\"url(#c0)\" width=\"9\" height=\"9\"/>", (0..count).map(clip).collect::<String>());
        let nested = |name: &str, depth: usize| format!("{}x{}", format!("<{name}>").repeat(depth), format!("</{name}>").repeat(depth));
        for (inner, is_refused) in [
            (clips(990), false),
            (format!("<text>{}</text>", nested("tspan", 1_990)), false),
            (clips(5_000), true),
            (format!("<text>{}</text>", nested("tspan", 20_000)), true),
            (nested("g", 100_000), true),
            ("<g id=\"a\"><use href=\"#a\"/></g><use href=\"#a\"/>".to_owned(), false),
        ] {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"30\">{inner}</svg>");
            assert_eq!(draw(&svg, &fonts()).is_err(), is_refused, "{}", &inner[..60.min(inner.len())]);
        }
    }

    #[test]
    fn a_card_is_a_picture_and_always_the_same() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"63\"><rect width=\"120\" height=\"9\" fill=\"#1c3f94\"/>\
            <text data-wrap=\"100 2\" x=\"4\" y=\"30\" font-size=\"14\" font-family=\"'Source Serif 4'\">Fees fell 費</text></svg>";
        let card = draw(svg, &fonts()).unwrap();
        assert_eq!(card.missing, "費");
        assert_eq!(imagesize::blob_size(&card.png).map(|size| (size.width, size.height)).ok(), Some((120, 63)));
        assert_eq!(draw(svg, &fonts()).unwrap().png, card.png);
        let silent = draw(&svg.replace("Fees fell", ""), &fonts()).unwrap();
        assert!(card.png.len() > silent.png.len(), "the text is drawn");
        for broken in
            ["<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e9\" height=\"1e9\"/>", "no", "<svg><text>&nope;</text></svg>"]
        {
            assert!(draw(broken, &fonts()).is_err(), "{broken}");
        }
    }
}
