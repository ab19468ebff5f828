using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Snmp;

/// <summary>The PDU of an SNMP message (RFC 3416 §3; the trap of version 1 RFC 1157 §4.1.6).</summary>
internal static class SnmpPdu
{
    private const byte Get = 0xA0;
    private const byte Response = 0xA2;
    private const byte FirstTrap = 0xA4;
    private const byte Report = 0xA8;

    /// <summary>NetworkAddress of a version 1 trap: an IpAddress of four bytes (RFC 1155 §3.2.3).</summary>
    private const byte IpAddress = 0x40;
    private const int IpAddressLength = 4;

    /// <summary>Generic traps of version 1: 0 to 6.</summary>
    private const int LastGenericTrap = 6;

    /// <summary>Checks the next PDU, up to its variables. The notifying side is the client.</summary>
    public static ParseError Check(ref BerReader reader, out SideMatch side)
    {
        var type = reader.NextTag;
        side = type is Response or Report ? SideMatch.Reply : SideMatch.Request;
        if (type == 0)
            return reader.IsAtEnd ? ParseError.BadValue : ParseError.Incomplete;
        if (type is < Get or > Report)
            return ParseError.BadValue;
        if (!reader.TryEnter(type))
            return reader.Error;
        return type == FirstTrap ? CheckFirstTrap(ref reader) : CheckNumbers(ref reader);
    }

    /// <summary>Request id, error status or non-repeaters, error index or repetitions, then the variables.</summary>
    private static ParseError CheckNumbers(ref BerReader reader)
    {
        var isThere = reader.TryTakeInteger(out _) && reader.TryTakeInteger(out _) && reader.TryTakeInteger(out _)
            && reader.TryEnter(BerReader.Sequence);
        return isThere ? ParseError.None : reader.Error;
    }

    private static ParseError CheckFirstTrap(ref BerReader reader)
    {
        if (!reader.TryTake(BerReader.ObjectIdentifier, out _) || !reader.TryTake(IpAddress, out var address))
            return reader.Error;
        if (!reader.TryTakeInteger(out var generic))
            return reader.Error;
        return address.Length == IpAddressLength && generic is >= 0 and <= LastGenericTrap
            ? ParseError.None
            : ParseError.BadValue;
    }
}
