using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Enumerates the towers in an endpoint mapper response (C706 appendix O). All entries with their pointers
/// come first, then the data pointed to. The actual count is authoritative, not the maximum requested by the
/// client.</summary>
internal ref struct EndpointMapAnswer
{
    /// <summary>The endpoint mapper.</summary>
    public static readonly Guid Interface = new("e1af8308-5d1f-11c9-91a4-08002b14a0fa");

    /// <summary>Opnum of ept_lookup.</summary>
    public const ushort Lookup = 2;

    /// <summary>Opnum of ept_map.</summary>
    public const ushort Map = 3;

    /// <summary>A context handle (C706 §14.2.16.6): attributes and UUID.</summary>
    private const int HandleLength = 20;
    private const int UuidLength = 16;

    private NdrReader _reader;
    private uint _towers;

    private EndpointMapAnswer(ReadOnlySpan<byte> stub, NdrSyntax syntax) => _reader = new NdrReader(stub, syntax);

    /// <summary>Begins with an ept_map response: towers of one interface.</summary>
    public static EndpointMapAnswer OfMap(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        var answer = new EndpointMapAnswer(stub, syntax);
        var (told, count) = answer.ReadCounts();
        for (ulong i = 0; i < count && !answer._reader.HasFailed; i++)
            answer.CountTower(i < told);
        return answer;
    }

    /// <summary>Begins with an ept_lookup response: entries of object, tower and annotation.</summary>
    public static EndpointMapAnswer OfLookup(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        var answer = new EndpointMapAnswer(stub, syntax);
        var (told, count) = answer.ReadCounts();
        for (ulong i = 0; i < count && !answer._reader.HasFailed; i++)
        {
            answer._reader.AlignPointer();
            answer._reader.Bytes(UuidLength);
            answer.CountTower(i < told);
            answer._reader.Count();
            answer._reader.Bytes(answer._reader.Count());
        }

        return answer;
    }

    /// <summary>Reads the next readable tower; false at the end, or when the rest is malformed.</summary>
    public bool TryRead(out RpcTower tower)
    {
        while (_towers > 0)
        {
            _towers--;
            var maximum = _reader.Count();
            var length = _reader.UInt32();
            var octets = _reader.Bytes(maximum);
            if (_reader.HasFailed)
                break;
            if (length == maximum && RpcTower.TryParse(octets, out tower, out _))
                return true;
        }

        tower = default;
        return false;
    }

    /// <summary>Reads up to the entries: how many have data, and how many there are.</summary>
    private (uint Told, ulong Count) ReadCounts()
    {
        _reader.Bytes(HandleLength);
        var told = _reader.UInt32();
        _reader.Count();
        _reader.Count();
        return (told, _reader.Count());
    }

    private void CountTower(bool isTold)
    {
        if (_reader.Pointer() && isTold)
            _towers++;
    }
}
