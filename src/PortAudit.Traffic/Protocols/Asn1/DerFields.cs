namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>Fields of a sequence by explicit tags, as in Kerberos (RFC 4120 §5.1, X.690 §8.14).</summary>
internal static class DerFields
{
    /// <summary>Fields read at most: the longest sequence, KDC-REQ-BODY, has twelve (RFC 4120 §5.4.1).</summary>
    public const int Maximum = 16;

    /// <summary>Finds the content of a field in an encoded sequence.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!DerElement.TryTake(ref bytes, DerElement.Sequence, out var sequence))
            return false;
        var rest = sequence.Content;
        for (var i = 0; i < Maximum && DerElement.TryTake(ref rest, out var field); i++)
        {
            if (field.Tag != tag)
                continue;
            content = field.Content;
            return true;
        }

        return false;
    }
}
