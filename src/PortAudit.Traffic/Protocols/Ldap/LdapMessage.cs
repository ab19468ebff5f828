using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>The head of an LDAP message (RFC 4511 §4.1.1): message id and the first fields of the operation. CLDAP has
/// the same messages; its version 2 has the user name before the operation (RFC 1798 §4).</summary>
/// <param name="Id">Message id; 0 in unsolicited notifications.</param>
/// <param name="Operation">Tag of the operation.</param>
/// <param name="TotalLength">Length of the message, in bytes.</param>
/// <param name="AsksForTls">True for a StartTLS request (RFC 4511 §4.14.1).</param>
internal readonly record struct LdapMessage(long Id, LdapOperation Operation, int TotalLength, bool AsksForTls)
{
    private static ReadOnlySpan<byte> StartTls => "1.3.6.1.4.1.1466.20037"u8;

    /// <summary>True when <paramref name="bytes"/> begin with a message and enough of its operation to recognise it; it
    /// may be incomplete.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LdapMessage message, out ParseError error)
    {
        message = default;
        if (!BerHeader.TryParse(bytes, out var header, out error))
            return false;
        var reader = new BerReader(bytes);
        if (!reader.TryEnter(BerReader.Sequence) || !reader.TryTakeInteger(out var id))
        {
            error = reader.Error;
            return false;
        }

        error = ParseError.BadValue;
        if (id is < 0 or > int.MaxValue)
            return false;
        if (reader.NextTag == BerReader.OctetString && !reader.TryTake(BerReader.OctetString, out _))
        {
            error = reader.Error;
            return false;
        }

        var operation = (LdapOperation)reader.NextTag;
        var asksForTls = false;
        error = operation == default && !reader.IsAtEnd
            ? ParseError.Incomplete
            : LdapOperations.Check(ref reader, operation, out asksForTls);
        if (error != ParseError.None)
            return false;
        message = new LdapMessage(id, operation, header.TotalLength, asksForTls);
        return true;
    }

    /// <summary>The sender's side.</summary>
    public SideMatch Side => LdapOperations.IsReply(Operation) ? SideMatch.Reply : SideMatch.Request;

    /// <summary>True for the name of the StartTLS extended operation.</summary>
    internal static bool IsStartTls(ReadOnlySpan<byte> name) => name.SequenceEqual(StartTls);
}
