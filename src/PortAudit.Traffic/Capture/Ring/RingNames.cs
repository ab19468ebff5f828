using System.Globalization;

namespace PortAudit.Traffic.Capture.Ring;

/// <summary>
/// Names of a ring's files, in dumpcap's form: a number of five digits (more beyond 99,999), and the time in UTC. The
/// numbers go on from those of earlier runs, so that the order of names is the order of time, whatever the clock did.
/// </summary>
internal sealed class RingNames
{
    private const int Digits = 5;
    private const int MaximumDigits = 9;
    private const string Stamp = "yyyyMMddHHmmss";

    private readonly string _directory;
    private readonly string _stem;
    private readonly string _extension;
    private int _number;

    /// <summary>Prepares the names of a file.</summary>
    public RingNames(string path)
    {
        _directory = Path.GetDirectoryName(path) ?? "";
        _stem = Path.GetFileNameWithoutExtension(path);
        _extension = Path.GetExtension(path);
    }

    /// <summary>Files of the ring that are there, the oldest first. The number of the next name follows
    /// theirs.</summary>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be listed.</exception>
    public IReadOnlyList<string> FindEarlier()
    {
        var found = Directory.EnumerateFiles(_directory.Length == 0 ? "." : _directory)
            .Select(path => (Name: Path.GetFileName(path), Number: NumberOf(Path.GetFileName(path))))
            .Where(file => file.Number is not null)
            .OrderBy(file => file.Number)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        _number = found is [.., var last] ? last.Number!.Value : 0;
        return [.. found.Select(file => Path.Combine(_directory, file.Name))];
    }

    /// <summary>The next name, of a file that begins at a time. It stays the next until
    /// <see cref="Advance"/>.</summary>
    public string Next(DateTimeOffset time) => Path.Combine(
        _directory,
        string.Create(CultureInfo.InvariantCulture,
            $"{_stem}_{(_number + 1).ToString($"D{Digits}", CultureInfo.InvariantCulture)}_"
                + $"{time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}{_extension}"));

    /// <summary>Goes on to the next number: the name is taken.</summary>
    public void Advance() => _number++;

    /// <summary>The number in a file's name; null when the file is not of the ring.</summary>
    private int? NumberOf(string name)
    {
        if (!name.StartsWith($"{_stem}_", StringComparison.Ordinal)
            || !name.EndsWith(_extension, StringComparison.Ordinal))
            return null;
        var between = name.AsSpan(_stem.Length + 1)[..^_extension.Length];
        var digits = between.IndexOf('_');
        if (digits is < Digits or > MaximumDigits || between.Length != digits + 1 + Stamp.Length
            || between[(digits + 1)..].ContainsAnyExceptInRange('0', '9'))
            return null;
        return int.TryParse(between[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
