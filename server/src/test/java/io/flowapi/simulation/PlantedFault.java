package io.flowapi.simulation;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A fault in the real code: one class of it, changed and compiled anew, in a world that is otherwise the same.
 *
 * @param file below {@code src/main/java/io/flowapi}
 * @param changes texts of the file, each with what stands there instead
 */
record PlantedFault(String name, String file, Map<String, String> changes) {

    private static final Path SOURCES = Path.of("src/main/java/io/flowapi");

    /** The first history that shows it; empty when none of these does. */
    String foundWithin(int seeds) {
        try {
            Class<?> runs = new Loader(compiled()).loadClass(Runs.class.getName());
            return (String) runs.getMethod("firstBroken", int.class).invoke(null, seeds);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String source() {
        try {
            String source = Files.readString(SOURCES.resolve(file));
            for (Map.Entry<String, String> change : changes.entrySet()) {
                if (!source.contains(change.getKey())) {
                    throw new AssertionError(
                            "The code has changed, plant anew: " + file + " has no " + change.getKey());
                }
                source = source.replace(change.getKey(), change.getValue());
            }
            return source;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Map<String, byte[]> compiled() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Classes classes = new Classes(compiler.getStandardFileManager(said, null, null));
        JavaFileObject source = new Source(file, source());
        boolean compiles = compiler.getTask(
                        null, classes, said, List.of("-proc:none", "-classpath", classPath), null, List.of(source))
                .call();
        if (!compiles) {
            throw new AssertionError(
                    said.getDiagnostics().stream().map(Object::toString).collect(joining("\n")));
        }
        return classes.bytes();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }

    /** What the compiler writes, kept in memory. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Classes(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, unknown -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new HashMap<>();
            written.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
            return bytes;
        }
    }

    /** All our classes are loaded anew, so that those of a package still belong together. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> changed;

        Loader(Map<String, byte[]> changed) {
            super(Loader.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.flowapi.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] original(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return bytes.readAllBytes();
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
