//! The site's own folder, `.sowhat/`: what can be made again at any time. Version control passes over it.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Its name, below the site's root.
pub(super) const OWN_FOLDER: &str = ".sowhat";

/// False for a link and a file: it came with the site, and could lead anywhere. What is not there can be made.
pub(super) fn is_folder_or_absent(path: &Path) -> bool {
    fs::symlink_metadata(path).map_or(true, |metadata| metadata.is_dir())
}

/// Tells version control to pass over the folder that was just made.
pub(super) fn hide(own: &Path) -> std::io::Result<()> {
    // A link that stands there, and may lead anywhere, is not followed.
    match File::options().write(true).create_new(true).open(own.join(".gitignore")) {
        Ok(mut file) => file.write_all(b"*\n"),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
