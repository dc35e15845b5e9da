//! Any table of data, CSV or JSON: rows as wide as the columns with every cell at a place of the file, or a
//! fault that stands in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::parse::data::{Notation, read};

fuzz_target!(|text: &str| {
    for notation in [Notation::Csv, Notation::Json] {
        match read(text, 0..text.len(), notation) {
            Ok(table) => {
                assert!(!table.rows.is_empty());
                for row in &table.rows {
                    assert_eq!(row.len(), table.columns.len());
                }
                for cell in table.columns.iter().chain(table.rows.iter().flatten()) {
                    assert!(text.get(cell.range.clone()).is_some(), "{cell:?}");
                }
            }
            Err(fault) => assert!(text.get(fault.range.clone()).is_some(), "{fault:?}"),
        }
    }
});
