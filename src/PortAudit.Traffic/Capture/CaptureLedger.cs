using System.Globalization;
using System.Net;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>Notes what a reader learns besides frames, within the limits of <see cref="CaptureAnnotations"/>. Once a
/// limit is reached, nothing is allocated.</summary>
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

    /// <summary>Notes a damaged place behind which reading goes on.</summary>
    public void AddDamage(long offset, long length, string reason)
    {
        if (_damages.Count < CaptureAnnotations.MaximumDamages)
            _damages.Add(new CaptureDamage(offset, length, reason));
        else
            _damagesNotListed++;
    }

    /// <summary>Notes a block whose packet, if it has one, is sound, and what stands beside it is not.</summary>
    public void AddDamagedBlock(long offset)
    {
        if (_damagedBlocks++ == 0)
            _firstDamagedBlock = offset;
    }

    /// <summary>Notes a record that was read although its lengths or its time are odd.</summary>
    public void AddOddRecord(long offset)
    {
        if (_oddRecords++ == 0)
            _firstOddRecord = offset;
    }

    /// <summary>Notes a comment.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="number">Which of these.</param>
    /// <param name="utf8">The text; what is not UTF-8 becomes U+FFFD.</param>
    public void AddComment(CommentSubject subject, long number, ReadOnlySpan<byte> utf8)
    {
        if (_comments.Count < CaptureAnnotations.MaximumComments)
            _comments.Add(new CaptureComment(subject, number,
                Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, CaptureAnnotations.MaximumCommentLength)])));
        else
            _commentsNotKept++;
    }

    /// <summary>Notes a name of an address.</summary>
    /// <param name="address">4 bytes of IPv4 or 16 of IPv6.</param>
    /// <param name="utf8">The name; what is not UTF-8 becomes U+FFFD.</param>
    public void AddName(ReadOnlySpan<byte> address, ReadOnlySpan<byte> utf8)
    {
        if (_names.Count == CaptureAnnotations.MaximumNames || utf8.Length > CaptureAnnotations.MaximumNameLength)
            _namesNotKept++;
        else
            _names.Add(new CapturedName(new IPAddress(address).ToString(), Encoding.UTF8.GetString(utf8)));
    }

    /// <summary>Notes who wrote a section.</summary>
    public void AddWriter(CaptureWriter writer)
    {
        if (_writers.Contains(writer))
            return;
        if (_writers.Count < CaptureAnnotations.MaximumWriters)
            _writers.Add(writer);
        else
            _writersNotKept++;
    }

    /// <summary>Notes the statistics of an interface; they replace earlier ones.</summary>
    public void SetStatistics(InterfaceStatistics statistics) => _statistics[statistics.Interface] = statistics;

    /// <summary>Adds packets of an interface that were lost since the packet before.</summary>
    public void AddLost(int interfaceIndex, long packets) =>
        LostOf(interfaceIndex) = InterfaceStatistics.AddSaturated(LostOf(interfaceIndex) ?? 0, packets);

    /// <summary>Notes how many packets of an interface were lost since the capture began.</summary>
    public void RaiseLost(int interfaceIndex, long packets) =>
        LostOf(interfaceIndex) = Math.Max(LostOf(interfaceIndex) ?? 0, packets);

    /// <summary>A copy of what was noted so far.</summary>
    /// <param name="interfaces">The interfaces described so far.</param>
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
