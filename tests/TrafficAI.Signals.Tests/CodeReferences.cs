using System.Reflection;
using System.Reflection.Emit;

namespace TrafficAI.Signals.Tests;

/// <summary>What a compiled type uses of its own assembly: read from the code of its methods, its fields and its signatures.</summary>
internal static class CodeReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Members as <c>Type.Member</c>, and types alone; the type itself and what is nested in it left out.</summary>
    public static IReadOnlySet<string> Of(Type type)
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in WithNested(type))
        {
            foreach (var field in part.GetFields(All)) AddType(field.FieldType);
            foreach (var method in part.GetMethods(All).Cast<MethodBase>().Concat(part.GetConstructors(All)))
            {
                foreach (var parameter in method.GetParameters()) AddType(parameter.ParameterType);
                if (method is MethodInfo { ReturnType: var result }) AddType(result);
                foreach (var local in method.GetMethodBody()?.LocalVariables ?? []) AddType(local.LocalType);
                foreach (var member in MembersOf(method)) AddMember(member);
            }
        }

        return used;

        void AddMember(MemberInfo member)
        {
            if (member is Type named) AddType(named);
            if (member is MethodInfo { IsGenericMethod: true } generic) foreach (var argument in generic.GetGenericArguments()) AddType(argument);
            if (member.DeclaringType is not { } home) return;
            AddType(home);
            if (IsOther(home) && member is not Type) used.Add($"{home.Name}.{member.Name}");
        }

        void AddType(Type named)
        {
            if (named.HasElementType) AddType(named.GetElementType()!);
            else if (named.IsGenericType) foreach (var argument in named.GetGenericArguments()) AddType(argument);
            if (!named.HasElementType && IsOther(named)) used.Add(named.Name);
        }

        bool IsOther(Type named) =>
            named.Assembly == type.Assembly && !named.IsGenericParameter && !named.Name.StartsWith('<') && !WithNested(type).Contains(named);
    }

    private static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(All).SelectMany(WithNested).Prepend(type);

    private static IEnumerable<MemberInfo> MembersOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var operation = Codes[value];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at), method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
