using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>Validates the first fields of LDAP operations (RFC 4511 §4.2 to §4.13).</summary>
internal static class LdapOperations
{
    private const int OldestVersion = 2;
    private const int NewestVersion = 3;

    /// <summary>Scopes: base, one level, subtree; subordinates is a draft known to servers.</summary>
    private const int LastScope = 3;
    private const int LastDereferencing = 3;

    /// <summary>Result codes up to 123 are assigned (IANA "LDAP Result Codes"), 4096 stands for e-syncRefreshRequired,
    /// private ones start at 16384.</summary>
    private const int LastResult = 0x4FFF;

    /// <summary>Simple and SASL authentication (RFC 4511 §4.2), and the three steps of Microsoft's ([MS-ADTS]
    /// 5.1.1.1.3).</summary>
    private const byte Simple = 0x80;
    private const byte Sasl = 0xA3;
    private const byte SicilyPackages = 0x89;
    private const byte SicilyNegotiate = 0x8A;
    private const byte SicilyResponse = 0x8B;

    private const byte ExtendedName = 0x80;
    private const byte IntermediateValue = 0x81;

    private static readonly CharacterClass DottedDigits = new("0123456789."u8);

    /// <summary>True for messages from servers.</summary>
    public static bool IsReply(LdapOperation operation) => operation switch
    {
        LdapOperation.BindResponse or LdapOperation.SearchEntry or LdapOperation.SearchDone
        or LdapOperation.SearchReference => true,
        LdapOperation.ModifyResponse or LdapOperation.AddResponse or LdapOperation.DeleteResponse
        or LdapOperation.RenameResponse => true,
        LdapOperation.CompareResponse or LdapOperation.ExtendedResponse or LdapOperation.Intermediate => true,
        _ => false,
    };

    /// <summary>Checks the next operation: <see cref="ParseError.None"/> when its first fields are those of
    /// <paramref name="operation"/>.</summary>
    public static ParseError Check(ref BerReader reader, LdapOperation operation, out bool asksForTls)
    {
        asksForTls = false;
        return operation switch
        {
            LdapOperation.Unbind or LdapOperation.Delete or LdapOperation.Abandon =>
                CheckPrimitive(ref reader, operation),
            LdapOperation.Bind => CheckBind(ref reader),
            LdapOperation.Search => CheckSearch(ref reader),
            LdapOperation.SearchEntry or LdapOperation.Modify or LdapOperation.Add or LdapOperation.Compare =>
                CheckEntry(ref reader, operation),
            LdapOperation.SearchReference or LdapOperation.Rename => CheckNames(ref reader, operation),
            LdapOperation.Extended => CheckExtended(ref reader, out asksForTls),
            LdapOperation.Intermediate => CheckIntermediate(ref reader),
            _ => IsReply(operation) ? CheckResult(ref reader, operation) : ParseError.BadValue,
        };
    }

    /// <summary>Result code of a validated response; -1 without one.</summary>
    public static long ResultOf(ReadOnlySpan<byte> message)
    {
        var reader = new BerReader(message);
        var isThere =
            reader.TryEnter(BerReader.Sequence) && reader.TryTakeInteger(out _) && reader.TryEnter(reader.NextTag);
        return isThere && reader.TryTakeInteger(out var result, BerReader.Enumerated) ? result : -1;
    }

    private static ParseError CheckPrimitive(ref BerReader reader, LdapOperation operation)
    {
        if (!reader.TryTake((byte)operation, out var content))
            return reader.Error;
        var isSound = operation switch
        {
            LdapOperation.Unbind => content.IsEmpty,
            LdapOperation.Abandon => content.Length is >= 1 and <= 4,
            _ => content.Contains((byte)'=') && !content.ContainsAnyExcept(Ascii.LineCharacters),
        };
        return isSound ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError CheckBind(ref BerReader reader)
    {
        if (!reader.TryEnter((byte)LdapOperation.Bind) || !reader.TryTakeInteger(out var version))
            return reader.Error;
        if (version is < OldestVersion or > NewestVersion)
            return ParseError.BadVersion;
        if (!reader.TryTake(BerReader.OctetString, out _))
            return reader.Error;
        return reader.NextTag is Simple or Sasl or SicilyPackages or SicilyNegotiate or SicilyResponse
            ? ParseError.None
            : EndOrWait(reader);
    }

    private static ParseError CheckSearch(ref BerReader reader)
    {
        if (!reader.TryEnter((byte)LdapOperation.Search) || !reader.TryTake(BerReader.OctetString, out _))
            return reader.Error;
        if (!reader.TryTakeInteger(out var scope, BerReader.Enumerated)
            || !reader.TryTakeInteger(out var dereferencing, BerReader.Enumerated))
            return reader.Error;
        return scope is >= 0 and <= LastScope && dereferencing is >= 0 and <= LastDereferencing
            ? ParseError.None
            : ParseError.BadValue;
    }

    private static ParseError CheckEntry(ref BerReader reader, LdapOperation operation)
    {
        if (!reader.TryEnter((byte)operation) || !reader.TryTake(BerReader.OctetString, out _))
            return reader.Error;
        return reader.NextTag == BerReader.Sequence ? ParseError.None : EndOrWait(reader);
    }

    private static ParseError CheckNames(ref BerReader reader, LdapOperation operation)
    {
        if (!reader.TryEnter((byte)operation) || !reader.TryTake(BerReader.OctetString, out var name))
            return reader.Error;
        if (operation == LdapOperation.SearchReference)
            return name.IndexOf("://"u8) > 0 ? ParseError.None : ParseError.BadValue;
        return reader.NextTag == BerReader.OctetString ? ParseError.None : EndOrWait(reader);
    }

    private static ParseError CheckExtended(ref BerReader reader, out bool asksForTls)
    {
        asksForTls = false;
        if (!reader.TryEnter((byte)LdapOperation.Extended) || !reader.TryTake(ExtendedName, out var name))
            return reader.Error;
        asksForTls = LdapMessage.IsStartTls(name);
        return IsObjectIdentifier(name) ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError CheckIntermediate(ref BerReader reader)
    {
        if (!reader.TryEnter((byte)LdapOperation.Intermediate))
            return reader.Error;
        if (reader.NextTag == IntermediateValue)
            return ParseError.None;
        if (!reader.TryTake(ExtendedName, out var name))
            return reader.Error;
        return IsObjectIdentifier(name) ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError CheckResult(ref BerReader reader, LdapOperation operation)
    {
        if (!reader.TryEnter((byte)operation) || !reader.TryTakeInteger(out var result, BerReader.Enumerated))
            return reader.Error;
        if (result is < 0 or > LastResult)
            return ParseError.BadValue;
        return reader.NextTag == BerReader.OctetString ? ParseError.None : EndOrWait(reader);
    }

    private static bool IsObjectIdentifier(ReadOnlySpan<byte> name) =>
        name.Length > 2 && name.Contains((byte)'.') && !name.ContainsAnyExcept(DottedDigits);

    private static ParseError EndOrWait(BerReader reader) =>
        reader.NextTag == 0 && !reader.IsAtEnd ? ParseError.Incomplete : ParseError.BadValue;
}
