namespace PortAudit.Tests.Cli;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("portaudit-").FullName;

    /// <summary>Path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes empty files, and the directories that hold them.</summary>
    public void Touch(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
            File.WriteAllBytes(this[name], []);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
