using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// Reads a pcapng file (draft-ietf-opsawg-pcapng): any number of sections, each of its own byte order and with its own
/// interfaces. Section lengths are not used: blocks tell their own lengths, and writers that stop early leave a wrong one.
/// </summary>
internal sealed class PcapngReader : ICaptureSource
{
    /// <summary>The first four bytes, most significant first.</summary>
    public const uint Magic = PcapngBlock.SectionHeader;

    /// <summary>Interfaces of one capture: far more than any machine has, and a bound on what a hostile file can make us keep.</summary>
    public const int MaximumInterfaces = 65_536;

    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const int ByteOrderMagicEnd = PcapngBlock.LeadLength + sizeof(uint);
    private const int SectionHeaderFixedLength = 16;
    private const ushort MajorVersion = 1;
    private const string Unit = "block";

    private readonly BlockBuffer _buffer;
    private readonly List<CaptureInterface> _interfaces = [];
    private readonly List<PcapngClock> _clocks = [];
    private ByteOrder _order;
    private int _sectionBase;
    private long _frames;
    private long _lastTimestampNs;
    private PacketPlace _last;

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
    public IReadOnlyList<CaptureInterface> Interfaces => _interfaces;

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the first section header, which stands at the begin of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">It is cut, damaged, or of a version that is not known.</exception>
    public static PcapngReader Open(BlockBuffer buffer, string path)
    {
        var reader = new PcapngReader(buffer, path);
        if (reader.TryReadBlock(out var block))
            reader.Absorb(block);
        if (reader.Ending is { } end)
            throw new CaptureFormatException(path, end.Offset, $"the pcapng file cannot be used from its first block on: {end.Reason}", buffer.Failure);

        reader.Format = $"pcapng, {reader._order}";
        return reader;
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        while (Ending is null && TryReadBlock(out var block))
        {
            if (PcapngPacketBlock.IsPacket(block.Type))
                return TryHandOut(block, out packet);
            Absorb(block);
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private bool TryReadBlock(out PcapngBlock block)
    {
        block = default;
        var offset = _buffer.Offset;
        if (!_buffer.TryPeek(PcapngBlock.LeadLength, out var lead))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));

        var type = _order.ReadUInt32(lead);
        if (type == PcapngBlock.SectionHeader)
        {
            // The section's byte order stands behind the length, which cannot be read without it.
            if (!_buffer.TryPeek(ByteOrderMagicEnd, out lead))
                return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));
            if (!TryTurnTo(lead[PcapngBlock.LeadLength..]))
                return Damaged(offset, "is a section header without the byte-order magic");
        }

        var length = _order.ReadUInt32(lead[sizeof(uint)..]);
        if (length is < PcapngBlock.MinimumLength or > PcapngBlock.MaximumLength || length % 4 != 0)
            return Damaged(offset, string.Create(CultureInfo.InvariantCulture, $"has the impossible length {length}"));
        if (!_buffer.TryPeek((int)length, out var whole))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));
        var trailing = _order.ReadUInt32(whole[^sizeof(uint)..]);
        if (trailing != length)
            return Damaged(offset, string.Create(CultureInfo.InvariantCulture, $"begins with the length {length} and ends with {trailing}"));

        _buffer.Consume(whole.Length);
        block = new PcapngBlock(type, _order, offset, whole[PcapngBlock.LeadLength..^sizeof(uint)]);
        return true;
    }

    private bool TryTurnTo(ReadOnlySpan<byte> byteOrderMagic)
    {
        _order = new ByteOrder(ByteOrder.BigEndian.ReadUInt32(byteOrderMagic) == ByteOrderMagic);
        return _order.ReadUInt32(byteOrderMagic) == ByteOrderMagic;
    }

    private bool TryHandOut(PcapngBlock block, out CapturedPacket packet)
    {
        packet = default;
        if (!PcapngPacketBlock.TryParse(block, out var fields))
            return Damaged(block.Offset, "is too short for a packet");
        if (fields.InterfaceId >= (uint)(_interfaces.Count - _sectionBase))
            return Damaged(block.Offset, string.Create(CultureInfo.InvariantCulture, $"names interface {fields.InterfaceId}, which its section does not describe"));

        var index = _sectionBase + (int)fields.InterfaceId;
        var source = _interfaces[index];
        var captured = fields.CapturedLength;
        if (fields.Timestamp is { } units)
            _lastTimestampNs = _clocks[index].ToNs(units);
        else if (source.SnapLength != 0)
            captured = Math.Min(captured, source.SnapLength);
        if (captured > (uint)fields.Rest.Length)
            return Damaged(block.Offset, string.Create(CultureInfo.InvariantCulture, $"claims {captured} captured bytes and has room for {fields.Rest.Length}"));

        // A Simple Packet Block has no time; that of the packet before it is nearer than 1970.
        var behind = fields.Rest.Length + sizeof(uint);
        _last = new PacketPlace(++_frames, _lastTimestampNs, index, source.LinkType, (int)Math.Min(fields.OriginalLength, int.MaxValue), behind, (int)captured);
        packet = Current;
        return true;
    }

    private void Absorb(in PcapngBlock block)
    {
        if (block.Type == PcapngBlock.SectionHeader)
            BeginSection(block);
        else if (block.Type == PcapngBlock.InterfaceDescription)
            AddInterface(block);
        else if (PcapngBlock.IsOtherFrame(block.Type))
            _frames++;
    }

    private void BeginSection(in PcapngBlock block)
    {
        if (block.Body.Length < SectionHeaderFixedLength)
        {
            Damaged(block.Offset, "is too short for a section header");
            return;
        }

        // Minor versions only add what older readers may skip (§4.1).
        var major = block.Order.ReadUInt16(block.Body[4..]);
        if (major != MajorVersion)
            Damaged(block.Offset, string.Create(CultureInfo.InvariantCulture, $"begins a section of version {major}, which is not known (version {MajorVersion} is)"));
        _sectionBase = _interfaces.Count;
    }

    private void AddInterface(in PcapngBlock block)
    {
        if (!PcapngInterface.TryParse(block, out var described))
        {
            Damaged(block.Offset, "is a damaged interface description");
            return;
        }

        if (_interfaces.Count == MaximumInterfaces)
        {
            Damaged(block.Offset, string.Create(CultureInfo.InvariantCulture, $"describes one interface more than the {MaximumInterfaces} that are kept"));
            return;
        }

        _interfaces.Add(described!.Interface);
        _clocks.Add(described.Clock);
    }

    private bool Damaged(long offset, string contradiction) => EndWith(ReadingEnd.Damaged(offset, Unit, contradiction, _frames));

    private bool EndWith(CaptureEnd end)
    {
        Ending = end;
        return false;
    }
}
