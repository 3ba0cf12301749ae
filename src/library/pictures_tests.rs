use std::fs;
use std::os::unix::fs::symlink;

use super::*;
use crate::library::Location;

/// A PNG as far as its header, of a size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}

/// A JPEG as far as its size, with a segment of some bytes before it.
fn jpeg(width: u16, height: u16, before: usize) -> Vec<u8> {
    let mut bytes = b"\xff\xd8".to_vec();
    let mut left = before;
    while left > 0 {
        let length = left.min(60_000);
        bytes.extend(b"\xff\xe1");
        bytes.extend((length as u16 + 2).to_be_bytes());
        bytes.extend(vec![0; length]);
        left -= length;
    }
    bytes.extend(b"\xff\xc0\x00\x11\x08");
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([0; 20]);
    bytes
}

/// The pictures of an article `a/a.md` in a library with a folder around it.
fn pictures(source: &str, make: impl Fn(&Path)) -> Vec<Picture> {
    let around = tempfile::tempdir().unwrap();
    let root = around.path().join("library");
    fs::create_dir_all(root.join("a")).unwrap();
    fs::write(root.join("a/a.md"), source).unwrap();
    make(&root);
    let library = Library::Folder(Location::from(&root));
    let text = library.text_with_pictures(&Files::single("a/a.md".into()));
    text.pictures(text.side(Language::English)).to_vec()
}

fn problems(pictures: &[Picture]) -> Vec<Option<PictureProblem>> {
    pictures.iter().map(|picture| picture.problem).collect()
}

#[test]
fn sizes_are_those_of_the_headers() {
    let source = "![a](1.png)\n![b](../2.jpg)\n![c](3.gif)\n![d](4.webp)\n![e](5.jpg)";
    let found = pictures(source, |root| {
        fs::write(root.join("a/1.png"), png(1200, 800)).unwrap();
        fs::write(root.join("2.jpg"), jpeg(640, 480, 0)).unwrap();
        fs::write(root.join("a/3.gif"), b"GIF89a\x10\0\x20\0\0\0\0").unwrap();
        let webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0";
        fs::write(root.join("a/4.webp"), webp).unwrap();
        fs::write(root.join("a/5.jpg"), jpeg(30, 40, 200_000)).unwrap();
    });
    let sizes: Vec<_> = found.iter().filter_map(|it| it.pixels).collect();
    assert_eq!(
        sizes,
        [[1200, 800], [640, 480], [16, 32], [100, 50], [30, 40]]
    );
    assert_eq!(problems(&found), [None; 5]);
}

#[test]
fn only_what_is_in_the_library_once_links_are_followed_is_opened() {
    let source = "![a](../../out.png)\n![b](link.png)\n![c](folder/out.png)\n![d](in.png)\n![e](/etc/passwd)";
    let found = pictures(source, |root| {
        let out = root.join("../out.png");
        fs::write(&out, png(1, 1)).unwrap();
        symlink(&out, root.join("a/link.png")).unwrap();
        symlink(root.join(".."), root.join("a/folder")).unwrap();
        fs::write(root.join("b.png"), png(2, 2)).unwrap();
        symlink(root.join("b.png"), root.join("a/in.png")).unwrap();
    });
    let outside = Some(PictureProblem::Outside);
    assert_eq!(problems(&found), [outside, outside, outside, None]);
    assert!(found[0].pixels.is_none(), "nothing of it is read");
}

#[test]
fn bombs_and_what_is_no_picture_are_refused() {
    let source = "![a](bomb.png)\n![b](large.png)\n![c](a.svg)\n![d](none.png)\n![e](fifo.png)\n![f](flat.png)\n![g](.)";
    let found = pictures(source, |root| {
        fs::write(root.join("a/bomb.png"), png(60_000, 60_000)).unwrap();
        let large = File::create(root.join("a/large.png")).unwrap();
        large.set_len(MOST_BYTES + 1).unwrap();
        fs::write(
            root.join("a/a.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .unwrap();
        let fifo = root.join("a/fifo.png");
        let made = std::process::Command::new("mkfifo").arg(fifo).status();
        assert!(made.unwrap().success());
        fs::write(root.join("a/flat.png"), png(5, 0)).unwrap();
    });
    let expected = [
        PictureProblem::TooLarge,
        PictureProblem::TooLarge,
        PictureProblem::UnknownFormat,
        PictureProblem::Missing,
        PictureProblem::Missing,
        PictureProblem::Damaged,
        PictureProblem::Missing,
    ];
    assert_eq!(problems(&found), expected.map(Some));
    assert_eq!(found[0].pixels, Some([60_000, 60_000]), "it can be said");
}

#[test]
fn a_file_that_was_changed_since_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let file = root.join("a.png");
    let picture = Picture {
        link: 0,
        file: file.clone(),
        pixels: Some([3, 3]),
        problem: None,
    };
    fs::write(&file, png(3, 3)).unwrap();
    assert_eq!(read_picture(&picture).unwrap(), png(3, 3));
    fs::write(&file, png(3, 4)).unwrap();
    assert_eq!(read_picture(&picture), Err(PictureProblem::Damaged));
    fs::write(root.join("b.png"), png(3, 3)).unwrap();
    fs::remove_file(&file).unwrap();
    symlink(root.join("b.png"), &file).unwrap();
    assert_eq!(read_picture(&picture), Err(PictureProblem::Outside));
}
