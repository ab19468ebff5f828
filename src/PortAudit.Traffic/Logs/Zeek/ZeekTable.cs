using System.Buffers.Text;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Zeek's tab-separated form: lines of headings that may come again anywhere, as in concatenated files, and
/// rows by the latest ones (Zeek's ASCII writer, <c>LogAscii</c>).</summary>
internal sealed class ZeekTable
{
    /// <summary>Columns at most: a long log has some 70.</summary>
    private const int MaximumColumns = 1000;

    private const int NotRead = -1;
    private const byte Escape = (byte)'\\';

    private int[] _fields = [];
    private int _columns;
    private byte _separator = (byte)'\t';
    private byte _setSeparator = (byte)',';
    private byte[] _empty = "(empty)"u8.ToArray();
    private byte[] _unset = "-"u8.ToArray();
    private bool _isNamed;

    /// <summary>The stream of the rows that follow; null for one that is not read.</summary>
    public ZeekStream? Stream { get; private set; }

    /// <summary>Name of the stream; null before its line.</summary>
    public string? Path { get; private set; }

    /// <summary>True once columns were named.</summary>
    public bool HasColumns => _columns > 0;

    /// <summary>Number of columns.</summary>
    public int Columns => _columns;

    /// <summary>True when the headings name a field.</summary>
    public bool Has(ZeekField field) => Array.IndexOf(_fields, (int)field) >= 0;

    /// <summary>Reads a line that begins with <c>#</c>; those that mean nothing here are passed over.</summary>
    public void ReadHeading(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("#separator "u8))
        {
            // A new head: the stream and columns of another file may follow.
            (_columns, _isNamed, Stream) = (0, false, null);
            Span<byte> value = stackalloc byte[line.Length > 64 ? 0 : line.Length];
            if (value.Length > 0 && Unescape(line["#separator "u8.Length..], value) == 1)
                _separator = value[0];
            return;
        }

        var end = line.IndexOf(_separator);
        if (end < 0)
            return;
        var name = line[..end];
        var values = line[(end + 1)..];
        if (name.SequenceEqual("#set_separator"u8) && values.Length == 1)
            _setSeparator = values[0];
        else if (name.SequenceEqual("#empty_field"u8))
            _empty = values.ToArray();
        else if (name.SequenceEqual("#unset_field"u8))
            _unset = values.ToArray();
        else if (name.SequenceEqual("#path"u8))
            (Stream, Path, _isNamed) = (ZeekStream.Find(values), System.Text.Encoding.UTF8.GetString(values), true);
        else if (name.SequenceEqual("#fields"u8))
            ReadColumns(values);
    }

    /// <summary>Reads a row. False when it has another number of values than there are columns.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ZeekRow row)
    {
        row.Clear();
        for (var column = 0; column < _columns; column++)
        {
            var end = line.IndexOf(_separator);
            if ((end < 0) != (column == _columns - 1))
                return false;
            var value = end < 0 ? line : line[..end];
            if (_fields[column] != NotRead && !value.SequenceEqual(_unset))
                Keep((ZeekField)_fields[column], value, row);
            line = end < 0 ? default : line[(end + 1)..];
        }

        return true;
    }

    /// <summary>The fields that hold a set or vector.</summary>
    private static bool IsSet(ZeekField field) => field is ZeekField.Service or ZeekField.TunnelParents
        or ZeekField.CertChain or ZeekField.CertChainFuids or ZeekField.ClientCertChain
        or ZeekField.ClientCertChainFuids or ZeekField.SanDns or ZeekField.SanIp or ZeekField.Answers;

    private void ReadColumns(ReadOnlySpan<byte> names)
    {
        var fields = new List<int>();
        foreach (var range in names.Split(_separator))
        {
            if (fields.Count == MaximumColumns)
                break;
            fields.Add(ZeekFields.Find(names[range]) is { } field ? (int)field : NotRead);
        }

        (_fields, _columns) = ([.. fields], fields.Count);
        if (!_isNamed)
            Stream = Has(ZeekField.ConnState) ? ZeekStream.Connections : null;
    }

    private void Keep(ZeekField field, ReadOnlySpan<byte> value, ZeekRow row)
    {
        if (value.SequenceEqual(_empty))
            value = default;
        if (!IsSet(field))
        {
            row.Keep(field, Unescape(value, row.Reserve(value.Length)));
            return;
        }

        foreach (var range in value.Split(_setSeparator))
            row.KeepElement(field, Unescape(value[range], row.Reserve(value.Length + 1)));
    }

    /// <summary>Turns <c>\xNN</c> into the byte, and <c>\\</c> into one backslash; returns the length.</summary>
    private static int Unescape(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var length = 0;
        while (true)
        {
            var plain = value.IndexOf(Escape);
            var copied = plain < 0 ? value : value[..plain];
            copied.CopyTo(destination[length..]);
            length += copied.Length;
            if (plain < 0)
                return length;
            value = value[plain..];
            var (bytes, taken) = value switch
            {
                [_, (byte)'x', _, _, ..] when Utf8Parser.TryParse(value[2..4], out byte number, out var read, 'x')
                    && read == 2 => (number, 4),
                [_, Escape, ..] => (Escape, 2),
                _ => (Escape, 1),
            };
            destination[length++] = bytes;
            value = value[taken..];
        }
    }
}
