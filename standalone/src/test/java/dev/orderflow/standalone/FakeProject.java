package dev.orderflow.standalone;

import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A built project whose services are all {@link FakeServiceProgram}. */
public final class FakeProject {
  private FakeProject() {}

  /** Builds it in an empty directory. */
  public static Path in(Path directory) throws IOException {
    for (var service : Services.ALL) {
      var target = Files.createDirectories(directory.resolve(service).resolve("target"));
      Files.createDirectory(target.resolve("lib"));
      writeJar(target.resolve(service + "-1.0.jar"), FakeServiceProgram.class);
    }
    return directory;
  }

  /** Writes a jar with this class alone, which is its program. */
  public static void writeJar(Path jar, Class<?> program) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.getName());
    var name = program.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var in = program.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
  }
}
