using System.Buffers.Binary;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>A field of a template.</summary>
/// <param name="Field">What it is; <see cref="ExportField.None"/> to skip.</param>
/// <param name="Length">Length in bytes; <see cref="ExportTemplate.Variable"/> when each record says it.</param>
internal readonly record struct TemplateField(ExportField Field, ushort Length);

/// <summary>The layout of records of one identifier (RFC 3954 §5.2, §6.1; RFC 7011 §3.4.1, §3.4.2).</summary>
/// <param name="Id">Identifier, from 256.</param>
/// <param name="IsOptions">True when its records describe the exporter, not flows.</param>
/// <param name="Fields">Fields in order, those of the scope first.</param>
/// <param name="Length">Length of a record, in bytes; with fields of variable length the shortest.</param>
/// <param name="HasVariable">True when fields have a variable length.</param>
internal sealed record ExportTemplate(ushort Id, bool IsOptions, TemplateField[] Fields, int Length, bool HasVariable)
{
    /// <summary>The length of a field whose records say it (RFC 7011 §7). Exporters of v9 do it too.</summary>
    public const ushort Variable = ushort.MaxValue;

    /// <summary>Fields of a template: exporters have some fifty.</summary>
    public const int MaximumFields = 1000;

    private const int FieldLength = 4;
    private const int EnterpriseLength = 4;
    private const ushort EnterpriseBit = 0x8000;

    /// <summary>Reads the next template of a set. Returns null at its end, with what is wrong, a clause, when it is not
    /// only padding. A template of IPFIX without fields withdraws its identifier (RFC 7011 §8.1).</summary>
    /// <param name="version">Version of the datagram.</param>
    /// <param name="isOptions">True in a set of templates of options.</param>
    /// <param name="bytes">What is left of the set; moved behind the template.</param>
    /// <param name="problem">What is wrong, a clause behind a datagram's number.</param>
    public static ExportTemplate? TryRead(ushort version, bool isOptions, ref ReadOnlySpan<byte> bytes,
        out string? problem)
    {
        problem = null;
        if (bytes.Length < FieldLength || !bytes.ContainsAnyExcept((byte)0))
            return null;
        var isIpfix = version == ExportHeader.Ipfix;
        var id = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int second = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var isWithdrawal = isIpfix && second == 0;
        if (id < ExportSet.FirstData && !isWithdrawal)
        {
            problem = $"has a template with the identifier {id}, below {ExportSet.FirstData}";
            return null;
        }

        var head = !isOptions || isWithdrawal ? 4 : 6;
        if (bytes.Length < head)
        {
            problem = $"has a template {id} that is cut";
            return null;
        }

        // v9 counts the bytes of scopes and of options, IPFIX the fields.
        var count = !isOptions || isIpfix
            ? second
            : (second + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..])) / FieldLength;
        bytes = bytes[head..];
        if (count > MaximumFields || (count == 0 && !isWithdrawal))
        {
            problem = $"has a template {id} with {count} fields";
            return null;
        }

        return TryReadFields(id, isOptions, count, isIpfix, ref bytes, out problem);
    }

    private static ExportTemplate? TryReadFields(ushort id, bool isOptions, int count, bool isIpfix,
        ref ReadOnlySpan<byte> bytes, out string? problem)
    {
        problem = null;
        var fields = new TemplateField[count];
        var (length, hasVariable) = (0, false);
        for (var index = 0; index < count; index++)
        {
            var isEnterprise = isIpfix && bytes.Length >= FieldLength && (bytes[0] & 0x80) != 0;
            var needed = isEnterprise ? FieldLength + EnterpriseLength : FieldLength;
            if (bytes.Length < needed)
            {
                problem = $"has a template {id} that is cut";
                return null;
            }

            int number = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            var size = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            var enterprise = isEnterprise ? BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) : 0;
            fields[index] = new TemplateField(
                ExportFields.Of(enterprise, isEnterprise ? number & ~EnterpriseBit : number), size);
            hasVariable |= size == Variable;
            length += size == Variable ? 1 : size;
            bytes = bytes[needed..];
        }

        if (length == 0 && count > 0)
        {
            problem = $"has a template {id} whose records are empty";
            return null;
        }

        return new ExportTemplate(id, isOptions, fields, length, hasVariable);
    }
}
