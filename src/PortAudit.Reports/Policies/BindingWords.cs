using PortAudit.Audit.Policies.Model;

namespace PortAudit.Reports.Policies;

/// <summary>Parts of a policy in words.</summary>
internal static class BindingWords
{
    /// <summary>A hook as it stands in output.</summary>
    public static string ToText(this PolicyHook hook) => hook switch
    {
        PolicyHook.Forward => "forward",
        PolicyHook.Input => "input",
        PolicyHook.Output => "output",
    };

    /// <summary>An order as it stands in output.</summary>
    public static string ToText(this PolicyOrder order) => order switch
    {
        PolicyOrder.FirstMatch => "first-match",
        PolicyOrder.BlockFirst => "block-first",
    };

    /// <summary>Where a list is applied: <c>what passes through, from outside</c>.</summary>
    public static string Binding(PolicyBinding binding) => string.Join(", ", new[]
    {
        Hook(binding.Hook),
        binding.From.IsAny ? "" : $"from {Zones(binding.From)}",
        binding.To.IsAny ? "" : $"to {Zones(binding.To)}",
    }.Where(part => part.Length > 0));

    /// <summary>Zones: <c>any</c>, names, or all but names.</summary>
    public static string Zones(ZoneMatch match) => match.IsAny
        ? "any"
        : $"{(match.IsNegated ? "all but " : "")}{string.Join(", ", match.Names)}";

    private static string Hook(PolicyHook hook) => hook switch
    {
        PolicyHook.Forward => "what passes through",
        PolicyHook.Input => "what comes to the device itself",
        PolicyHook.Output => "what the device sends itself",
    };
}
