using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>An operator with its ports: <c>eq 80</c>, <c>neq 23</c>, <c>lt 1024</c>, <c>gt 1023</c>,
/// <c>range 1 1023</c>.</summary>
/// <param name="Ports">The ports; none when they cannot be read.</param>
/// <param name="Fault">Why they cannot be read; null when they can.</param>
internal readonly record struct PortOperand(IntervalSet<ushort> Ports, string? Fault)
{
    /// <summary>True when the word is an operator.</summary>
    public static bool IsOperator(string keyword) => keyword is "eq" or "neq" or "lt" or "gt" or "range";

    /// <summary>Takes an operator and its ports.</summary>
    /// <param name="words">Stands at the operator.</param>
    /// <param name="hasSeveral">True when <c>eq</c> and <c>neq</c> may name several ports (IOS).</param>
    public static PortOperand Read(WordCursor words, bool hasSeveral)
    {
        var operation = words.Next().ToLowerInvariant();
        if (!PortNames.TryParse(words.Peek, out var first))
            return new PortOperand(IntervalSet.Empty<ushort>(),
                $"unknown port '{ConfigurationText.Shown(words.Next())}'");
        words.Next();
        if (operation is "eq" or "neq")
        {
            var ports = IntervalSet.Of(first);
            while (hasSeveral && PortNames.TryParse(words.Peek, out var further))
            {
                ports = ports.Union(IntervalSet.Of(further));
                words.Next();
            }

            return new PortOperand(operation == "eq" ? ports : ports.Complement(), null);
        }

        if (operation == "lt")
            return new PortOperand(first == 0 ? IntervalSet.Empty<ushort>()
                : IntervalSet.Of((ushort)0, (ushort)(first - 1)), null);
        if (operation == "gt")
            return new PortOperand(first == ushort.MaxValue ? IntervalSet.Empty<ushort>()
                : IntervalSet.Of((ushort)(first + 1), ushort.MaxValue), null);
        return PortNames.TryParse(words.Next(), out var last)
            ? new PortOperand(IntervalSet.Of(Math.Min(first, last), Math.Max(first, last)), null)
            : new PortOperand(IntervalSet.Empty<ushort>(), "a range without its last port");
    }
}
