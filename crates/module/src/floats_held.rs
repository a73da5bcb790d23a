//! Finds functions that Singlepass of Wasmer 7.5 computes wrongly for aarch64. They hold more
//! floats at once than it has registers for, and the others overwrite some of them.

use rayon::prelude::*;
use wasmparser::{
    FuncValidatorAllocations, Operator, OperatorsReader, Parser, ValType, ValidPayload, Validator,
};
use watshop_protocol::page::{Compiler, Error, ErrorCode, Place, Proposals};
use watshop_protocol::say;

use crate::features;

/// The registers of `pick_simd` in Wasmer's `machine_arm64.rs`.
const REGISTERS: usize = 5;

/// Rejects a valid module that has such a function. It errs on the safe side: it counts all floats
/// on the operand stack that an instruction has computed, even those that are not in a register.
///
/// # Errors
///
/// `compiler_refused` with the place of the first instruction that makes one float too many.
pub fn check_floats_held(binary: &[u8], proposals: &Proposals) -> Result<(), Error> {
    let mut validator = Validator::new_with_features(features::of(proposals));
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(binary).map_while(Result::ok) {
        match validator.payload(&payload) {
            Ok(ValidPayload::Func(to_validate, body)) => bodies.push((to_validate, body)),
            Ok(_) => {}
            // The caller validates the module too, and reports this error.
            Err(_) => return Ok(()),
        }
    }
    let found = bodies.into_par_iter().find_map_first(|(to_validate, body)| {
        let mut function = to_validate.into_validator(FuncValidatorAllocations::default());
        let mut reader = body.get_binary_reader();
        function.read_locals(&mut reader).ok()?;
        let mut reader = OperatorsReader::new(reader);
        let mut held: Vec<bool> = Vec::new();
        while !reader.eof() {
            let offset = reader.original_position();
            let operator = reader.read().ok()?;
            let before = function.operand_stack_height() as usize;
            function.op(offset, &operator).ok()?;
            let after = function.operand_stack_height() as usize;
            held.resize(after.min(before), false);
            held.resize(after, false);
            // The values on top are new. If the instruction took as many as it put, only the top
            // one is.
            let new = after.saturating_sub(before).max(1).min(after);
            if computes(&operator) {
                for depth in 0..new {
                    let kind = function.get_operand_type(depth).flatten();
                    held[after - 1 - depth] = matches!(kind, Some(ValType::F32 | ValType::F64));
                }
            }
            if held.iter().filter(|held| **held).count() > REGISTERS {
                return Some(offset);
            }
        }
        None
    });
    match found {
        None => Ok(()),
        Some(offset) => {
            let message = say!(
                "Singlepass of Wasmer 7.5 computes this function wrongly for aarch64: it holds more than five \
                 floats at once, which are more than Singlepass has registers for."
            );
            let compilers = vec![Compiler::Cranelift, Compiler::Llvm];
            let mut error = Error::new(ErrorCode::CompilerRefused, message)
                .help(crate::who_takes_it(&compilers));
            error.compilers = compilers;
            Err(error.at(Place { offset: u32::try_from(offset).ok(), ..Place::default() }))
        }
    }
}

/// True if an instruction computes the values that it puts on the stack. Constants and locals stay
/// in their places.
fn computes(operator: &Operator<'_>) -> bool {
    !matches!(
        operator,
        Operator::LocalGet { .. }
            | Operator::LocalSet { .. }
            | Operator::F32Const { .. }
            | Operator::F64Const { .. }
            | Operator::Drop
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str) -> Result<(), Error> {
        let text = format!("(module (func (param f64) (result f64) {body}))");
        check_floats_held(&crate::parse(&text).unwrap(), &Proposals::default())
    }

    fn sum_of(terms: usize) -> String {
        let term = "(f64.sqrt (local.get 0)) ";
        format!("{}{}", term.repeat(terms), "(f64.add) ".repeat(terms - 1))
    }

    #[test]
    fn as_many_floats_as_there_are_registers_may_be_held_and_no_more() {
        assert!(check(&sum_of(5)).is_ok());
        let error = check(&sum_of(6)).unwrap_err();
        assert_eq!((error.code, error.compilers.len()), (ErrorCode::CompilerRefused, 2));
        assert!(error.at.unwrap().offset.is_some());
    }

    #[test]
    fn constants_and_locals_are_not_held() {
        let many =
            format!("{}{}", "(local.get 0) (f64.const 1) ".repeat(4), "(f64.add) ".repeat(7));
        assert!(check(&many).is_ok());
    }
}
