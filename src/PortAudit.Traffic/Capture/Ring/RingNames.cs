using System.Globalization;

namespace PortAudit.Traffic.Capture.Ring;

/// <summary>Names of ring files, as in dumpcap: a number of five digits (more beyond 99,999), and the UTC time. Numbers
/// continue those of earlier runs, so that names sort by time whatever the clock did.</summary>
internal sealed class RingNames
{
    private const int Digits = 5;
    private const int MaximumDigits = 9;
    private const string Stamp = "yyyyMMddHHmmss";

    private readonly string _directory;
    private readonly string _stem;
    private readonly string _extension;
    private int _number;

    public RingNames(string path)
    {
        _directory = Path.GetDirectoryName(path) ?? "";
        _stem = Path.GetFileNameWithoutExtension(path);
        _extension = Path.GetExtension(path);
    }

    /// <summary>Existing files of the ring, oldest first. The next name's number follows theirs.</summary>
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

    /// <summary>The next name, for a file beginning at this time. Unchanged until <see cref="Advance"/>.</summary>
    public string Next(DateTimeOffset time) => Path.Combine(
        _directory,
        string.Create(CultureInfo.InvariantCulture,
            $"{_stem}_{(_number + 1).ToString($"D{Digits}", CultureInfo.InvariantCulture)}_"
                + $"{time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}{_extension}"));

    /// <summary>Moves to the next number.</summary>
    public void Advance() => _number++;

    /// <summary>The number in a file's name; null for other files.</summary>
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
