{
  description = "jianbao: reader for bilingual Chinese and English digests";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = build: nixpkgs.lib.genAttrs systems (system: build nixpkgs.legacyPackages.${system});
      source = ../..;
      manifest = builtins.fromTOML (builtins.readFile (source + "/Cargo.toml"));
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.package.name;
          version = manifest.package.version;
          src = source;
          cargoLock.lockFile = source + "/Cargo.lock";
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The others need a terminal and the folders of a user.
          cargoTestFlags = [ "--lib" ];
          postInstall = ''
            $out/bin/jianbao man > jianbao.1
            installManPage jianbao.1
            installShellCompletion --cmd jianbao \
              --bash <($out/bin/jianbao completions bash) \
              --zsh <($out/bin/jianbao completions zsh) \
              --fish <($out/bin/jianbao completions fish)
          '';
          meta = {
            inherit (manifest.package) description;
            license = [
              pkgs.lib.licenses.mit
              pkgs.lib.licenses.cc-by-sa-40
            ];
            mainProgram = "jianbao";
          };
        };
      });

      devShells = each (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.cargo
            pkgs.clippy
            pkgs.rustfmt
            pkgs.just
            pkgs.epubcheck
          ];
        };
      });
    };
}
