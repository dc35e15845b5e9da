//! Characters as a reader sees them: compatibility forms unified, invisible ones dropped, look-alike
//! letters mapped to the Latin ones that they imitate.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text a reader sees: NFKC, default-ignorable characters dropped, quotes and dashes straightened,
/// look-alike letters mapped where they pose as Latin, white space collapsed and trimmed.
pub fn visible(text: &str) -> String {
    if text.is_ascii() {
        return visible_ascii(text);
    }
    let kept: String = text.nfkc().filter(|c| !is_ignorable(*c)).map(straighten).nfkc().collect();
    collapsed(&unmask(&kept))
}

/// True for a text in plain letters and single spaces.
///
/// Without branches, so that many bytes are looked at together.
pub fn is_seen_as_written(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_changed = |byte: u8| u8::from(byte.wrapping_sub(b' ') > b'~' - b' ') | u8::from(byte == b'`');
    let changed = bytes.iter().fold(0, |any, byte| any | is_changed(*byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let doubled = pairs.fold(0, |any, (before, byte)| any | (u8::from(*before == b' ') & u8::from(*byte == b' ')));
    (changed | doubled) == 0 && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ')
}

/// The short way for plain letters.
fn visible_ascii(text: &str) -> String {
    // Most values are written as they are seen.
    if is_seen_as_written(text) {
        return text.to_owned();
    }
    let is_blank = |byte: u8| byte <= b' ' || byte == 0x7f;
    let mut visible = String::with_capacity(text.len());
    for part in text.split(|c: char| is_blank(c as u8)).filter(|part| !part.is_empty()) {
        if !visible.is_empty() {
            visible.push(' ');
        }
        visible.push_str(part);
    }
    if visible.contains('`') { visible.replace('`', "'") } else { visible }
}

/// White space and control characters collapsed to single spaces, and none at the ends.
fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for part in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty()) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(part);
    }
    collapsed
}

/// A word for look-ups: lower case, without accents.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Characters that show nothing: default-ignorable code points and blanks that are no white space.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn straighten(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' => '-',
        other => other,
    }
}

/// Maps look-alike letters in words that mix scripts, in a text that is mostly Latin, and in words made
/// of nothing else.
fn unmask(text: &str) -> String {
    let latin = text.chars().filter(|c| is_latin(*c)).count();
    let foreign = text.chars().filter(|c| latin_twin(*c).is_some()).count();
    if foreign == 0 {
        return text.to_owned();
    }
    let mostly_latin = latin > foreign;
    let map_word = |word: &str| -> String {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let mixes = letters().any(is_latin) && letters().any(|c| latin_twin(c).is_some());
        let only_twins = letters().next().is_some() && letters().all(|c| is_latin(c) || latin_twin(c).is_some());
        if mixes || only_twins || mostly_latin { word.chars().map(|c| latin_twin(c).unwrap_or(c)).collect() } else { word.to_owned() }
    };
    let words: Vec<String> = text.split(' ').map(map_word).collect();
    words.join(" ")
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}')
}

/// The Latin letter that a Cyrillic, Greek, Armenian or other letter is drawn like.
fn latin_twin(c: char) -> Option<char> {
    const TWINS: &[(&str, &str)] = &[
        // Cyrillic.
        ("АВЕЅІЈКМНОРСТУХԚԜЗЬ", "ABESIJKMHOPCTYXQW3b"),
        ("авеѕіјкмнорстухԛԝһӏԁьг", "aBesijkmHopcTyxqwhldbr"),
        // Greek.
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),
        ("αβγεικνορτυχωϲ", "aByeikvoptuxwc"),
        // Armenian.
        ("ՍՕՏԼսօոհյցք", "UOSLuonhjgp"),
        // Small capitals and other letters drawn alike.
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıȷɑɡⅼ", "abcdefghijklmnoprstuvwyzijagl"),
    ];
    if c.is_ascii() {
        return None;
    }
    TWINS.iter().find_map(|(twins, plain)| {
        let idx = twins.chars().position(|twin| twin == c)?;
        plain.chars().nth(idx)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguise_is_seen_through() {
        for (text, seen) in [
            ("T\u{200b}B\u{2060}D", "TBD"),
            ("ТВD", "TBD"),
            ("ТВС", "TBC"),
            ("ᴛʙᴅ", "tbd"),
            ("ＴＢＤ", "TBD"),
            ("everуоne", "everyone"),
            ("\u{feff}\u{3164}\u{2800} \u{a0}", ""),
            ("a\u{ad}nyone", "anyone"),
            ("naïve “plan” — now", "naïve \"plan\" - now"),
        ] {
            assert_eq!(visible(text), seen, "{text:?}");
        }
        assert_eq!(visible("главные бухгалтеры заводов"), "главные бухгалтеры заводов", "Russian stays Russian");
        assert_eq!(fold("Éverÿone"), "everyone");
    }
}
