using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Snmp;

/// <summary>The head of an SNMP message, recognisable by structure: versions 1 and 2c have a community and a PDU (RFC
/// 1157 §4, RFC 1901 §3, RFC 3416 §3), version 3 header data, security parameters and the scoped PDU, plain or
/// encrypted (RFC 3412 §6).</summary>
/// <param name="Side">Sender of such a message.</param>
/// <param name="TotalLength">Length of the message, in bytes.</param>
internal readonly record struct SnmpMessage(SideMatch Side, int TotalLength)
{
    private const int Version1 = 0;
    private const int Version2C = 1;
    private const int Version3 = 3;

    /// <summary>Smallest maximum message size that every engine accepts (RFC 3412 §6.3).</summary>
    private const int LeastMaximumSize = 484;

    /// <summary>Flags: authenticated, encrypted, reportable (RFC 3412 §6.4).</summary>
    private const int LastFlags = 7;
    private const int EncryptedFlag = 2;
    private const int ReportableFlag = 4;

    /// <summary>True when <paramref name="bytes"/> begin with a message of valid structure, possibly
    /// incomplete.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SnmpMessage message, out ParseError error)
    {
        message = default;
        if (!BerHeader.TryParse(bytes, out var header, out error))
            return false;
        var reader = new BerReader(bytes);
        if (!reader.TryEnter(BerReader.Sequence) || !reader.TryTakeInteger(out var version))
        {
            error = reader.Error;
            return false;
        }

        var side = SideMatch.Mismatch;
        error = version switch
        {
            Version1 or Version2C => CheckCommunity(ref reader, out side),
            Version3 => CheckSecured(ref reader, out side),
            _ => ParseError.BadVersion,
        };
        if (error != ParseError.None)
            return false;
        message = new SnmpMessage(side, header.TotalLength);
        return true;
    }

    private static ParseError CheckCommunity(ref BerReader reader, out SideMatch side)
    {
        side = SideMatch.Mismatch;
        return reader.TryTake(BerReader.OctetString, out _) ? SnmpPdu.Check(ref reader, out side) : reader.Error;
    }

    private static ParseError CheckSecured(ref BerReader reader, out SideMatch side)
    {
        side = SideMatch.EitherSide;
        var data = reader;
        if (!data.TryEnter(BerReader.Sequence) || !data.TryTakeInteger(out _)
            || !data.TryTakeInteger(out var maximumSize))
            return data.Error;
        if (!data.TryTake(BerReader.OctetString, out var flags) || !data.TryTakeInteger(out _))
            return data.Error;
        if (maximumSize < LeastMaximumSize || flags.Length != 1 || flags[0] > LastFlags || !data.IsAtEnd)
            return ParseError.BadValue;
        if (!reader.TryTake(BerReader.Sequence, out _) || !reader.TryTake(BerReader.OctetString, out _))
            return reader.Error;
        if ((flags[0] & ReportableFlag) != 0)
            side = SideMatch.Request;
        return (flags[0] & EncryptedFlag) != 0 ? CheckEncrypted(ref reader) : CheckScoped(ref reader, out side);
    }

    private static ParseError CheckEncrypted(ref BerReader reader) =>
        reader.TryEnter(BerReader.OctetString) ? ParseError.None : reader.Error;

    private static ParseError CheckScoped(ref BerReader reader, out SideMatch side)
    {
        side = SideMatch.Mismatch;
        var isThere = reader.TryEnter(BerReader.Sequence) && reader.TryTake(BerReader.OctetString, out _)
            && reader.TryTake(BerReader.OctetString, out _);
        return isThere ? SnmpPdu.Check(ref reader, out side) : reader.Error;
    }
}
