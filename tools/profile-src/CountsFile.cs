using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Profile;

/// <summary>
/// Reads the text that the .NET runtime writes at its end where <c>DOTNET_WritePGOData=1</c>: of each method a line
/// with hashes and the length of its code, its name, its signature, and records, each a line <c>Schema
/// InstrumentationKind K ILOffset O Count N Other X</c> and N lines with a value (<c>PgoManager::WritePgoData</c> in
/// the runtime's src/coreclr/vm/pgo.cpp).
/// </summary>
internal sealed class CountsFile
{
    private const string Frame = "***";
    private const string NewMethod = "@@@ ";
    private const string NameLabel = "MethodName: ";
    private const string SignatureLabel = "Signature: ";
    private const string RecordLabel = "Schema ";
    private const string TypeLabel = "TypeHandle: ";
    private const string NoType = "NULL";
    private const string HexMark = "0x";
    private const int LengthField = 5;

    private readonly string _path;
    private readonly string[] _lines;
    private int _next;
    private long _calls;

    private CountsFile(string path)
    {
        _path = path;
        _lines = File.ReadAllLines(path);
    }

    /// <summary>The methods of <paramref name="path"/> whose names begin with <paramref name="prefix"/>, with those of
    /// their counters that are edges and types of calls.</summary>
    /// <exception cref="InvalidDataException">A line is none of those above; the message has its number.</exception>
    public static IEnumerable<MethodCounts> Read(string path, string prefix)
    {
        var file = new CountsFile(path);
        while (file.TryReadMethod() is { } method)
        {
            if (method.Name.StartsWith(prefix, StringComparison.Ordinal))
                yield return method;
        }
    }

    private MethodCounts? TryReadMethod()
    {
        while (_next < _lines.Length && _lines[_next].StartsWith(Frame, StringComparison.Ordinal))
            _next++;
        if (_next == _lines.Length)
            return null;
        var heading = Labelled(NewMethod).Split(' ');
        if (heading.Length <= LengthField || !heading[LengthField].StartsWith(HexMark, StringComparison.Ordinal)
            || !int.TryParse(heading[LengthField].AsSpan(HexMark.Length), NumberStyles.HexNumber,
                CultureInfo.InvariantCulture, out var length))
            throw Unexpected();
        _next++;
        var name = Labelled(NameLabel);
        _next++;
        var signature = Labelled(SignatureLabel);
        _next++;
        var counters = ImmutableArray.CreateBuilder<Counter>();
        while (_next < _lines.Length && _lines[_next].StartsWith(RecordLabel, StringComparison.Ordinal))
            ReadRecord(counters);
        return new(name, signature, length, counters.ToImmutable());
    }

    private void ReadRecord(ImmutableArray<Counter>.Builder counters)
    {
        var fields = Labelled(RecordLabel).Split(' ').Where((_, index) => index % 2 == 1)
            .Select(field => unchecked((int)Number(field))).ToArray();
        if (fields is not [var kind, var offset, var count and > 0, var other] || count >= _lines.Length - _next)
            throw Unexpected();
        _next++;
        var place = new CounterPlace(offset, other);
        switch (kind)
        {
            case CounterKind.Edge:
                counters.Add(new(place, Number(_lines[_next]), []));
                _next += count;
                break;
            case CounterKind.Calls:
                _calls = Number(_lines[_next]);
                _next += count;
                break;
            case CounterKind.TypesOfCalls:
                counters.Add(new(place, _calls, ReadTypes(count)));
                break;
            default:
                _next += count;
                break;
        }
    }

    private ImmutableArray<string?> ReadTypes(int count)
    {
        var types = ImmutableArray.CreateBuilder<string?>(count);
        for (; count > 0; count--)
        {
            var name = Labelled(TypeLabel);
            types.Add(name == NoType ? null : name);
            _next++;
        }

        return types.MoveToImmutable();
    }

    private long Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected();

    /// <summary>What stands behind the label of the next line.</summary>
    private string Labelled(string label) =>
        _next < _lines.Length && _lines[_next].StartsWith(label, StringComparison.Ordinal)
            ? _lines[_next][label.Length..]
            : throw Unexpected();

    private InvalidDataException Unexpected() => new($"{_path}:{_next + 1}: not what the runtime is known to write");
}
