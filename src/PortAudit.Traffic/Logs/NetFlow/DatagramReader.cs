using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Splits a file into export datagrams that stand one behind another. IPFIX says the length of each (RFC 5655
/// stores it so), v1, v5 and v7 their number of records; v9 says neither: its sets are walked until something that is
/// no set. What is damaged is skipped up to the next header.</summary>
/// <param name="buffer">The content; disposed with this.</param>
internal sealed class DatagramReader(BlockBuffer buffer) : IDisposable
{
    /// <summary>Time within which a header must lie to be believed behind damage, in nanoseconds: a day.</summary>
    private const long BelievedNs = 86_400_000_000_000;

    /// <summary>Bytes of a header and of a set's, in which one is recognised.</summary>
    private const int HeaderRoom = 32;

    private ExportHeader? _last;

    /// <summary>Number of the current datagram, from 1; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>Offset of the current datagram in the content, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Offset behind what was read.</summary>
    public long End => buffer.Offset;

    /// <summary>Why reading stopped early; null when it did not.</summary>
    public Exception? Failure => buffer.Failure;

    /// <summary>True when the file ends within the current datagram.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What is wrong behind the whole sets of the current datagram, a clause; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Bytes skipped behind the current datagram.</summary>
    public long Skipped { get; private set; }

    /// <summary>Moves to the next datagram. False at the end. The bytes are those of whole sets or records, if it is
    /// cut or damaged, and are valid until the next call.</summary>
    public bool TryRead(out ExportHeader header, out ReadOnlySpan<byte> datagram)
    {
        (header, Problem, Skipped) = (default, null, 0);
        datagram = default;
        SkipZeros();
        var bytes = Window();
        if (bytes.IsEmpty)
            return false;
        (Number, Offset) = (Number + 1, buffer.Offset);
        if (!ExportHeader.TryParse(bytes, out header, out var error))
        {
            IsCut = error == ParseError.Incomplete;
            Problem = IsCut ? "is cut" : "has no header of NetFlow or IPFIX";
            Skip(0);
            return true;
        }

        _last = header;
        var length = header.HasSets ? WalkSets(header, bytes) : Fixed(header, bytes);
        if (Problem is null)
        {
            buffer.Consume(length);
            datagram = bytes[..length];
            return true;
        }

        // The sets before the damage are good, and looked at before the rest is skipped.
        datagram = bytes[..length].ToArray();
        Skip(length);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => buffer.Dispose();

    /// <summary>What can be looked at: the longest datagram, or what is left.</summary>
    private ReadOnlySpan<byte> Window()
    {
        buffer.TryPeek(ExportHeader.MaximumDatagram, out _);
        buffer.TryPeek(Math.Min(buffer.Available, ExportHeader.MaximumDatagram), out var bytes);
        return bytes;
    }

    /// <summary>Length of a datagram of records without templates: those that are whole.</summary>
    private int Fixed(ExportHeader header, ReadOnlySpan<byte> bytes)
    {
        if (header.DatagramLength <= bytes.Length)
            return header.DatagramLength;
        IsCut = true;
        Problem = $"announces {header.Count} records and is cut";
        return bytes.Length - ((bytes.Length - header.Length) % header.RecordLength);
    }

    /// <summary>Length of a datagram of sets: those that are whole.</summary>
    private int WalkSets(ExportHeader header, ReadOnlySpan<byte> bytes)
    {
        var isIpfix = header.DatagramLength > 0;
        var limit = isIpfix ? Math.Min(bytes.Length, header.DatagramLength) : bytes.Length;
        var at = header.Length;
        while (at < limit)
        {
            var rest = bytes[at..limit];
            if (ExportSet.TryParse(header.Version, rest, out var set, out var error))
            {
                at += set.Length;
                continue;
            }

            // Zeros fill a datagram up; and another one may begin where the length of this one is not said.
            if (!rest[..Math.Min(rest.Length, ExportSet.HeaderLength)].ContainsAnyExcept((byte)0))
                return isIpfix ? limit : at;
            if (!isIpfix && error == ParseError.BadValue && (ExportHeader.IsStart(rest, out _) || IsLikeLast(rest)))
                return at;
            IsCut = error == ParseError.Incomplete && limit < ExportHeader.MaximumDatagram && limit == bytes.Length;
            Problem = IsCut ? "is cut" : error switch
            {
                ParseError.BadLength => "has a set of a length below 4",
                ParseError.BadValue => "has a set whose identifier is neither templates nor data",
                _ => "has a set that is longer than the datagram",
            };
            return at;
        }

        IsCut = isIpfix && header.DatagramLength > bytes.Length;
        Problem = IsCut ? "is cut" : null;
        return at;
    }

    private void SkipZeros()
    {
        while (true)
        {
            var bytes = Window();
            var zeros = bytes.IndexOfAnyExcept((byte)0);
            if (zeros is 0 or 1)
                return;
            buffer.Consume(zeros < 0 ? bytes.Length : zeros - 1);
            if (zeros > 0 || bytes.IsEmpty)
                return;
        }
    }

    /// <summary>Skips to the next header that fits those before.</summary>
    /// <param name="good">Bytes before the damage.</param>
    private void Skip(int good)
    {
        buffer.Consume(good);
        var (from, first) = (buffer.Offset, 1);
        while (true)
        {
            var bytes = Window();
            for (var at = first; at < bytes.Length; at++)
            {
                if (bytes[at] != 0 || !IsBelieved(bytes[at..]))
                    continue;
                buffer.Consume(at);
                Skipped = buffer.Offset - from;
                return;
            }

            var isLast = bytes.Length < ExportHeader.MaximumDatagram;
            buffer.Consume(isLast ? bytes.Length : bytes.Length - HeaderRoom);
            first = 0;
            if (isLast)
            {
                Skipped = buffer.Offset - from;
                return;
            }
        }
    }

    private bool IsBelieved(ReadOnlySpan<byte> bytes) => IsLikeLast(bytes)
        && ExportHeader.IsStart(bytes, out var header)
        && bytes.Length >= header.Length + ExportSet.HeaderLength;

    /// <summary>True for a header of the domain and the day of the one before.</summary>
    private bool IsLikeLast(ReadOnlySpan<byte> bytes) => ExportHeader.TryParse(bytes, out var header, out _)
        && _last is { } last && header.Version == last.Version && header.Domain == last.Domain
        && Math.Abs(header.TimeNs - last.TimeNs) <= BelievedNs;
}
