using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads pcapng files (draft-ietf-opsawg-pcapng): any number of sections, each with its own byte order and
/// interfaces. Ignores section lengths, which are wrong when a writer stops early. After a damaged block, reading
/// resumes at the next valid one (<see cref="PcapngBlockSearch"/>). Frame numbers count the frames returned, so a
/// damaged packet has none; Wireshark stops at the damage.</summary>
internal sealed class PcapngReader : ICaptureSource
{
    /// <summary>The first four bytes, most significant first.</summary>
    public const uint Magic = PcapngBlock.SectionHeader;

    private const int ByteOrderMagicEnd = PcapngBlock.LeadLength + sizeof(uint);
    private const ushort MajorVersion = 1;
    private const string Unit = "block";

    private readonly BlockBuffer _buffer;
    private readonly PcapngInterfaces _interfaces = new();
    private readonly CaptureLedger _ledger = new();
    private ByteOrder _order;
    private int _sections;
    private long _frames;
    private long _lastTimestampNs;
    private PacketLocation _last;

    private PcapngReader(BlockBuffer buffer, string path)
    {
        _buffer = buffer;
        Path = path;
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public string Format { get; private set; } = "pcapng";

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces => _interfaces.All;

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CaptureAnnotations Annotations => _ledger.ToAnnotations(Interfaces);

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the first section header at the start of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">It is cut, damaged, or of an unknown version.</exception>
    public static PcapngReader Open(BlockBuffer buffer, string path)
    {
        var reader = new PcapngReader(buffer, path);
        if (reader.TryReadBlock(out var block))
            reader.Absorb(block);
        if (reader.Ending is { } end)
            throw new CaptureFormatException(path, end.Offset,
                $"the pcapng file cannot be used from its first block on: {end.Reason}", buffer.Failure);

        reader.Format = $"pcapng, {reader._order}";
        return reader;
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        while (Ending is null)
        {
            if (!TryReadBlock(out var block))
                continue;
            if (!PcapngPacketBlock.IsPacket(block.Type))
                Absorb(block);
            else if (TryHandOut(block, out packet))
                return true;
        }

        packet = default;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <summary>Reads a block. False at the end and at a damaged block; reading can continue unless
    /// <see cref="Ending"/> is set.</summary>
    private bool TryReadBlock(out PcapngBlock block)
    {
        block = default;
        if (!_buffer.TryPeek(PcapngBlock.LeadLength, out var lead))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));

        var order = _order;
        var type = order.ReadUInt32(lead);
        if (type == PcapngBlock.SectionHeader)
        {
            // A section's byte order follows the length, which cannot be read without it.
            if (!_buffer.TryPeek(ByteOrderMagicEnd, out lead))
                return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));
            if (!PcapngBlock.TryReadOrder(lead[PcapngBlock.LeadLength..], out order))
                return LeaveSection("is a section header without the byte-order magic");
        }

        var length = order.ReadUInt32(lead[sizeof(uint)..]);
        if (length is < PcapngBlock.MinimumLength or > PcapngBlock.MaximumLength)
            return SearchOn(string.Create(CultureInfo.InvariantCulture, $"has the impossible length {length}"));

        // Some writers exclude padding from the length, though not from the block: Wireshark rounds up, too.
        var padded = PcapngBlock.PaddedLength(length);
        if (!_buffer.TryPeek(padded, out var whole))
            return EndInside(length);
        var trailing = order.ReadUInt32(whole[^sizeof(uint)..]);
        if (trailing != length)
            return SearchOn(string.Create(CultureInfo.InvariantCulture,
                $"begins with the length {length} and ends with {trailing}"));

        _order = order;
        block = new PcapngBlock(type, order, _buffer.Offset, whole[PcapngBlock.LeadLength..^sizeof(uint)]);
        _buffer.Consume(whole.Length);
        return true;
    }

    private bool TryHandOut(PcapngBlock block, out CapturedPacket packet)
    {
        packet = default;
        if (!PcapngPacketBlock.TryParse(block, out var fields))
            return PassOver(block, "is too short for a packet");
        if (!_interfaces.TryFind(fields.InterfaceId, out var index))
            return PassOver(block, string.Create(CultureInfo.InvariantCulture,
                $"names interface {fields.InterfaceId}, which its section does not describe"));

        var source = _interfaces.At(index);
        var captured = fields.CapturedLength;
        if (fields.Timestamp is null && source.SnapLength != 0)
            captured = Math.Min(captured, source.SnapLength);
        if (captured > (uint)fields.Rest.Length)
            return PassOver(block, string.Create(CultureInfo.InvariantCulture,
                $"claims {captured} captured bytes and has room for {fields.Rest.Length}"));

        // A Simple Packet Block has no time; the previous packet's is closer than 1970.
        if (fields.Timestamp is { } units)
            _lastTimestampNs = _interfaces.ClockOf(index).ToNs(units);
        var behind = fields.Rest.Length + sizeof(uint);
        _last = new PacketLocation(++_frames, _lastTimestampNs, index, source.LinkType,
            (int)Math.Min(fields.OriginalLength, int.MaxValue), behind, (int)captured);
        if (fields.Drops is { } drops)
            _ledger.AddLost(index, drops);
        var padded = ((int)captured + 3) & ~3;
        if (fields.Timestamp is not null && padded < fields.Rest.Length)
            PcapngPacketBlock.NoteOptions(block, fields.Rest[padded..], _frames, index, _ledger);
        packet = Current;
        return true;
    }

    private void Absorb(in PcapngBlock block)
    {
        switch (block.Type)
        {
            case PcapngBlock.SectionHeader:
                BeginSection(block);
                break;
            case PcapngBlock.InterfaceDescription:
                AddInterface(block);
                break;
            case PcapngBlock.InterfaceStatistics:
                PcapngStatistics.Note(block, _interfaces, _ledger);
                break;
            case PcapngBlock.NameResolution:
                PcapngNames.Note(block, _sections, _ledger);
                break;
            default:
                if (PcapngBlock.IsOtherFrame(block.Type))
                    _frames++;
                break;
        }
    }

    private void BeginSection(in PcapngBlock block)
    {
        _interfaces.BeginSection();
        _sections++;
        if (block.Body.Length < PcapngBlock.SectionFixedLength)
        {
            PassOver(block, "is too short for a section header");
            return;
        }

        // Minor versions only add what older readers may skip (§4.1).
        var major = block.Order.ReadUInt16(block.Body[4..]);
        if (major == MajorVersion)
            PcapngSection.Note(block, _sections, _ledger);
        else
            EndWith(ReadingEnd.Damaged(block.Offset, Unit, string.Create(CultureInfo.InvariantCulture,
                $"begins a section of version {major}, which is not known (version {MajorVersion} is)"), _frames));
    }

    private void AddInterface(in PcapngBlock block)
    {
        if (!PcapngInterface.TryParse(block, out var described))
            PassOver(block, "is a damaged interface description");
        if (!_interfaces.TryAdd(described))
            PassOver(block, string.Create(CultureInfo.InvariantCulture,
                $"describes one interface more than the {PcapngInterfaces.Maximum} that are kept"));
        else if (described is not null)
            PcapngInterface.NoteComments(block, Interfaces.Count - 1, _ledger);
    }

    /// <summary>Skips a block with valid lengths but invalid content. The first block of a file must be
    /// valid.</summary>
    private bool PassOver(in PcapngBlock block, string contradiction)
    {
        if (block.Offset == 0)
            return EndWith(ReadingEnd.Damaged(block.Offset, Unit, contradiction, _frames));
        _ledger.AddDamage(block.Offset, block.Length,
            ReadingEnd.PassedOver(block.Offset, Unit, contradiction, block.Offset + block.Length));
        return false;
    }

    /// <summary>Interfaces after a damaged section header do not belong to the previous section.</summary>
    private bool LeaveSection(string contradiction)
    {
        _interfaces.BeginSection();
        return SearchOn(contradiction);
    }

    /// <summary>The capture ends inside the block: it is cut, unless the block claims more than writers write, which
    /// may be damage.</summary>
    private bool EndInside(uint length)
    {
        var cut = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        return length > PcapngBlockSearch.MaximumLength && _buffer.Failure is null
            ? SearchOn(string.Create(CultureInfo.InvariantCulture,
                $"claims {length} bytes, more than the capture holds"), cut)
            : EndWith(cut);
    }

    /// <summary>Moves to the next valid block; without one, and in the first block, reading ends at the damaged
    /// one.</summary>
    private bool SearchOn(string contradiction, CaptureEnd? otherwise = null)
    {
        var offset = _buffer.Offset;
        otherwise ??= ReadingEnd.Damaged(offset, Unit, contradiction, _frames);
        if (offset == 0)
            return EndWith(otherwise);
        _buffer.Consume(1);
        if (!PcapngBlockSearch.TryFind(_buffer, _order))
            return EndWith(otherwise);
        _ledger.AddDamage(offset, _buffer.Offset - offset,
            ReadingEnd.PassedOver(offset, Unit, contradiction, _buffer.Offset));
        return false;
    }

    private bool EndWith(CaptureEnd end)
    {
        Ending = end;
        return false;
    }
}
