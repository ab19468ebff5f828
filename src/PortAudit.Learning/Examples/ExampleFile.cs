using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Learning.Examples;

/// <summary>Examples in a text file, for captures that are too large to keep: a mark with the version, the SHA-256 of
/// all that follows, the names of the columns, and one example a line. The same examples give the same bytes.</summary>
internal static class ExampleFile
{
    private const string Mark = "portaudit-behaviour-examples 1";

    /// <summary>Numbers keep so many digits, and what is read back has no more.</summary>
    private const string NumberFormat = "G5";

    private const string SomethingElse = "something-else";
    private const char Separator = ',';

    private static readonly string Columns =
        string.Join(Separator, (string[])["flow", "group", "kind", "protocol", "port", .. BehaviourFeatures.Names]);

    /// <summary>Columns before the numbers.</summary>
    private static readonly int Leading = Columns.Split(Separator).Length - BehaviourFeatures.Names.Length;

    /// <summary>The file, in UTF-8. No group may hold a comma.</summary>
    public static byte[] Write(IEnumerable<FlowExample> examples)
    {
        var body = new StringBuilder(Columns).Append('\n');
        foreach (var example in examples.OrderBy(example => example.Group, StringComparer.Ordinal)
            .ThenBy(example => example.Id))
        {
            body.AppendJoin(Separator, (string[])[example.Id.ToString("x16", CultureInfo.InvariantCulture),
                example.Group, example.Kind?.ToText() ?? SomethingElse, example.Protocol, example.Port,
                .. example.Values.Select(value => value.ToString(NumberFormat, CultureInfo.InvariantCulture))]);
            body.Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(body.ToString());
        return [.. Encoding.UTF8.GetBytes($"{Mark}\n{Convert.ToHexStringLower(SHA256.HashData(bytes))}\n"), .. bytes];
    }

    /// <summary>Reads a file. False with the reason when it cannot be used.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ImmutableArray<FlowExample> examples,
        [NotNullWhen(false)] out string? error)
    {
        examples = [];
        var text = Encoding.UTF8.GetString(bytes);
        var parts = text.Split('\n', 3);
        if (parts[0] != Mark)
            error = $"it does not start with \"{Mark}\"";
        else if (parts.Length < 3
            || Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts[2]))) != parts[1])
            error = "it is damaged: its checksum is another";
        else
            error = ReadBody(parts[2], out examples);
        return error is null;
    }

    private static string? ReadBody(string body, out ImmutableArray<FlowExample> examples)
    {
        examples = [];
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != Columns)
            return "it has other columns than this program counts: record it again";
        var read = ImmutableArray.CreateBuilder<FlowExample>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (ReadLine(lines[i]) is not { } example)
                return string.Create(CultureInfo.InvariantCulture, $"example {i} is damaged");
            read.Add(example);
        }

        examples = read.ToImmutable();
        return null;
    }

    private static FlowExample? ReadLine(string line)
    {
        var fields = line.Split(Separator);
        if (fields.Length != Leading + BehaviourFeatures.Names.Length
            || !ulong.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            return null;
        var kind = BehaviourKindText.Find(fields[2]);
        var values = ImmutableArray.CreateBuilder<float>(BehaviourFeatures.Names.Length);
        foreach (var field in fields.AsSpan(Leading))
        {
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !float.IsFinite(value))
                return null;
            values.Add(value);
        }

        return kind is null && fields[2] != SomethingElse
            ? null
            : new FlowExample(id, fields[1], kind, fields[3], fields[4], values.MoveToImmutable());
    }
}
