//! The few words that rendering itself adds to a body, in the languages of readers.

use pulldown_cmark::BlockQuoteKind;

/// Words in one language.
#[derive(Debug)]
pub struct Words {
    /// Titles of alerts: note, tip, important, warning, caution.
    alerts: [&'static str; 5],
    /// The name of a table without a caption; a number follows.
    pub table: &'static str,
    /// The heading of the footnotes, for screen readers.
    pub footnotes: &'static str,
    /// The link from a footnote back to where it is referred to; a number follows.
    pub back: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is not.
    pub to_do: &'static str,
}

impl Words {
    /// The words for a language tag such as `en-GB`; English when there are none.
    pub fn of(lang: &str) -> &'static Self {
        match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "it" => &ITALIAN,
            "nl" => &DUTCH,
            _ => &ENGLISH,
        }
    }

    /// The title of an alert.
    pub fn alert(&self, kind: BlockQuoteKind) -> &'static str {
        self.alerts[alert_index(kind)]
    }
}

/// The class of an alert: `note`, `tip` …
pub fn alert_class(kind: BlockQuoteKind) -> &'static str {
    ["note", "tip", "important", "warning", "caution"][alert_index(kind)]
}

fn alert_index(kind: BlockQuoteKind) -> usize {
    match kind {
        BlockQuoteKind::Note => 0,
        BlockQuoteKind::Tip => 1,
        BlockQuoteKind::Important => 2,
        BlockQuoteKind::Warning => 3,
        BlockQuoteKind::Caution => 4,
    }
}

static ENGLISH: Words = Words {
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    table: "Table",
    footnotes: "Footnotes",
    back: "Back to reference",
    done: "Done",
    to_do: "To do",
};

static GERMAN: Words = Words {
    alerts: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
    table: "Tabelle",
    footnotes: "Fußnoten",
    back: "Zurück zur Stelle",
    done: "Erledigt",
    to_do: "Offen",
};

static FRENCH: Words = Words {
    alerts: ["Note", "Conseil", "Important", "Avertissement", "Attention"],
    table: "Tableau",
    footnotes: "Notes",
    back: "Retour à l’appel",
    done: "Fait",
    to_do: "À faire",
};

static SPANISH: Words = Words {
    alerts: ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
    table: "Tabla",
    footnotes: "Notas",
    back: "Volver a la referencia",
    done: "Hecho",
    to_do: "Pendiente",
};

static ITALIAN: Words = Words {
    alerts: ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"],
    table: "Tabella",
    footnotes: "Note",
    back: "Torna al rimando",
    done: "Fatto",
    to_do: "Da fare",
};

static DUTCH: Words = Words {
    alerts: ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"],
    table: "Tabel",
    footnotes: "Voetnoten",
    back: "Terug naar verwijzing",
    done: "Gedaan",
    to_do: "Te doen",
};
