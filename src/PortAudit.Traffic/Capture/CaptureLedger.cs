using System.Globalization;
using System.Net;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>Collects <see cref="CaptureAnnotations"/> while reading, within their limits. Allocates nothing beyond a
/// limit.</summary>
internal sealed class CaptureLedger
{
    private readonly List<CaptureDamage> _damages = [];
    private readonly List<CaptureComment> _comments = [];
    private readonly HashSet<CapturedName> _names = [];
    private readonly List<CaptureWriter> _writers = [];
    private readonly SortedDictionary<int, InterfaceStatistics> _statistics = [];
    private long?[] _lost = [];
    private long _damagesNotListed;
    private long _damagedBlocks;
    private long _firstDamagedBlock;
    private long _oddRecords;
    private long _firstOddRecord;
    private long _commentsNotKept;
    private long _writersNotKept;
    private long _namesNotKept;

    /// <summary>Adds a damaged range that is skipped.</summary>
    public void AddDamage(long offset, long length, string reason)
    {
        if (_damages.Count < CaptureAnnotations.MaximumDamages)
            _damages.Add(new CaptureDamage(offset, length, reason));
        else
            _damagesNotListed++;
    }

    /// <summary>Adds a block whose packet, if any, is valid, but not its other content.</summary>
    public void AddDamagedBlock(long offset)
    {
        if (_damagedBlocks++ == 0)
            _firstDamagedBlock = offset;
    }

    /// <summary>Adds a record that was read despite odd lengths or time.</summary>
    public void AddOddRecord(long offset)
    {
        if (_oddRecords++ == 0)
            _firstOddRecord = offset;
    }

    /// <summary>Adds a comment.</summary>
    public void AddComment(CommentSubject subject, long number, ReadOnlySpan<byte> utf8)
    {
        if (_comments.Count < CaptureAnnotations.MaximumComments)
            _comments.Add(new CaptureComment(subject, number,
                Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, CaptureAnnotations.MaximumCommentLength)])));
        else
            _commentsNotKept++;
    }

    /// <summary>Adds a name of an IPv4 (4 bytes) or IPv6 (16 bytes) address; invalid UTF-8 becomes U+FFFD.</summary>
    public void AddName(ReadOnlySpan<byte> address, ReadOnlySpan<byte> utf8)
    {
        if (_names.Count == CaptureAnnotations.MaximumNames || utf8.Length > CaptureAnnotations.MaximumNameLength)
            _namesNotKept++;
        else
            _names.Add(new CapturedName(new IPAddress(address).ToString(), Encoding.UTF8.GetString(utf8)));
    }

    public void AddWriter(CaptureWriter writer)
    {
        if (_writers.Contains(writer))
            return;
        if (_writers.Count < CaptureAnnotations.MaximumWriters)
            _writers.Add(writer);
        else
            _writersNotKept++;
    }

    /// <summary>Sets the statistics of an interface, replacing earlier ones.</summary>
    public void SetStatistics(InterfaceStatistics statistics) => _statistics[statistics.Interface] = statistics;

    /// <summary>Adds packets lost since the interface's previous packet.</summary>
    public void AddLost(int interfaceIndex, long packets) =>
        LostOf(interfaceIndex) = InterfaceStatistics.AddSaturated(LostOf(interfaceIndex) ?? 0, packets);

    /// <summary>Sets the packets lost since the capture began.</summary>
    public void RaiseLost(int interfaceIndex, long packets) =>
        LostOf(interfaceIndex) = Math.Max(LostOf(interfaceIndex) ?? 0, packets);

    /// <summary>A copy of the annotations so far.</summary>
    public CaptureAnnotations ToAnnotations(IReadOnlyList<CaptureInterface> interfaces) => new()
    {
        Damages = [.. _damages, .. DamagedBlocks()],
        DamagesNotListed = _damagesNotListed,
        Drops = [.. DropsOf(interfaces)],
        Names = _names.Count == 0 ? [] : [.. _names.OrderBy(name => name.Address, StringComparer.Ordinal)
            .ThenBy(name => name.Name, StringComparer.Ordinal)],
        NamesNotKept = _namesNotKept,
        Comments = [.. _comments],
        CommentsNotKept = _commentsNotKept,
        Writers = [.. _writers],
        WritersNotKept = _writersNotKept,
        Oddity = Oddity(),
    };

    private string? Oddity() => _oddRecords == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{_oddRecords} {(_oddRecords == 1 ? "record has" : "records have")}"
            + $" odd lengths or times, the first at offset {_firstOddRecord}; all packets were read");

    private IEnumerable<InterfaceStatistics> DropsOf(IReadOnlyList<CaptureInterface> interfaces)
    {
        for (var index = 0; index < interfaces.Count; index++)
        {
            var lost = index < _lost.Length ? _lost[index] : null;
            if (_statistics.TryGetValue(index, out var known) || lost is not null)
                yield return (known ?? new InterfaceStatistics(index, null))
                    with
                { Name = interfaces[index].Name, LostBetweenPackets = lost };
        }
    }

    private IEnumerable<CaptureDamage> DamagedBlocks()
    {
        if (_damagedBlocks == 0)
            yield break;
        var blocks = _damagedBlocks == 1
            ? "1 block has"
            : string.Create(CultureInfo.InvariantCulture, $"{_damagedBlocks} blocks have");
        var reason = string.Create(CultureInfo.InvariantCulture, $"{blocks} options or records that are damaged, the "
            + $"first at offset {_firstDamagedBlock}: what these tell besides packets (lost packets, comments, names) "
            + $"is not known");
        yield return new CaptureDamage(_firstDamagedBlock, 0, reason);
    }

    private ref long? LostOf(int interfaceIndex)
    {
        if (interfaceIndex >= _lost.Length)
            Array.Resize(ref _lost, Math.Max(interfaceIndex + 1, _lost.Length * 2));
        return ref _lost[interfaceIndex];
    }
}
