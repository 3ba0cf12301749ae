# Homebrew formula. REPOSITORY and CHECKSUM are filled in for a release.
class Jianbao < Formula
  desc "Reader for bilingual Chinese and English digests"
  homepage "REPOSITORY"
  url "REPOSITORY/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "CHECKSUM"
  license all_of: ["MIT", "CC-BY-SA-4.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    generate_completions_from_executable(bin/"jianbao", "completions", shells: [:bash, :zsh, :fish])
    (man1/"jianbao.1").write Utils.safe_popen_read(bin/"jianbao", "man")
  end

  test do
    (testpath/"tea.md").write("# 茶\n\n春天少雨，茶园减产。\n")
    assert_match "春天少雨", shell_output("#{bin}/jianbao show tea.md")
  end
end
